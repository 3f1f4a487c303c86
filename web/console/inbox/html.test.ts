import type { OrderView } from "../../shared/api";
import { expect, test } from "vitest";
import { isBlank, paragraph, pieces, textOf } from "./html";
import { marked } from "./marked";

test.each([
  ["<p>Hello</p><p>there</p>", "Hello\nthere"],
  ["<p>one<br>two</p>", "one\ntwo"],
  ["<ul><li><p>a</p></li><li><p>b &amp; c</p></li></ul>", "a\n\nb & c"],
  ["<p>5 &lt; 6 &quot;yes&quot;</p>", '5 < 6 "yes"'],
])("%s reads %j", (html, text) => {
  expect(textOf(html)).toBe(text);
});

test("an editor without a word in it is blank", () => {
  expect([isBlank(""), isBlank("<p></p>"), isBlank("<p> <br></p>"), isBlank("<p>a</p>")]).toEqual([true, true, true, false]);
});

test("links and named colleagues are found in plain text; nothing else becomes a link", () => {
  expect(pieces("See https://fjell.test/a?b=1. @Mats Berg knows", ["Mats Berg"])).toEqual([
    { text: "See " },
    { text: "https://fjell.test/a?b=1", href: "https://fjell.test/a?b=1" },
    { text: ". " },
    { text: "@Mats Berg", name: true },
    { text: " knows" },
  ]);
  expect(pieces("javascript:alert(1)")).toEqual([{ text: "javascript:alert(1)" }]);
});

test("an order is found by what it is called, and not inside of something longer", () => {
  const order = { id: "ord_1" } as OrderView;
  const orders = new Map([
    ["2317", order],
    ["#2317", order],
  ]);
  expect(pieces("#2317 or 2317, not 23170, A2317", [], orders)).toEqual([{ text: "#2317", order }, { text: " or " }, { text: "2317", order }, { text: ", not 23170, A2317" }]);
});

test("searched words are marked whatever they contain", () => {
  expect(marked("Where is my Parcel?", "parcel ?").filter(({ hit }) => hit)).toEqual([
    { text: "Parcel", hit: true },
    { text: "?", hit: true },
  ]);
});

test("a line that is put into an answer is text, and leads somewhere only if it is a web address", () => {
  expect(textOf(paragraph("Tom & <Co>"))).toBe("Tom & <Co>");
  expect(paragraph("AB12-CD34")).toBe("<p>AB12-CD34</p>");
  expect(paragraph("https://shop.example/pay?a=1&b=2")).toBe('<p><a href="https://shop.example/pay?a=1&amp;b=2">https://shop.example/pay?a=1&amp;b=2</a></p>');
  expect(paragraph('<img src=x onerror="alert(1)">')).toBe("<p>&lt;img src=x onerror=&quot;alert(1)&quot;&gt;</p>");
  expect(paragraph("javascript:alert(1)")).toBe("<p>javascript:alert(1)</p>");
});
