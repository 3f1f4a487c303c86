import { expect, test } from "vitest";
import { buttonOf, stretches } from "./template";

const part = { place: "body", text: "Hi {{1}}, {{order_number}} is late." };
const text = (values: Record<string, string>, examples: Record<string, string> = {}) => stretches(part, values, examples).map((one) => (one.open ? `[${one.text}]` : one.text)).join("");

test("an open gap shows its example, and one without an example that it is open", () => {
  expect(text({}, { "body.1": "Ada" })).toBe("Hi [Ada], […] is late.");
});

test("what was written into a gap is no gap itself", () => {
  expect(text({ "body.1": "{{order_number}}", "body.order_number": "#7" })).toBe("Hi {{order_number}}, #7 is late.");
});

test("a gap of another part is another gap", () => {
  expect(text({ "header.1": "Ada", "body.1": " " })).toBe("Hi […], […] is late.");
});

test("the gap of a button is known by what stands on it", () => {
  const parts = [part, { place: "button.0", text: "Track: https://post.example/{{1}}" }];
  const template = { name: "late", language: "en", category: "utility" as const, parts, gaps: [] };
  expect([buttonOf(template, "button.0.1"), buttonOf(template, "body.1")]).toEqual(["Track: https://post.example/…", undefined]);
});
