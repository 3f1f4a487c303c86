import { expect, test } from "vitest";
import { stretches } from "./template";

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
