import { expect, test } from "vitest";
import { filled } from "./replyValues";

const values = { "customer.first_name": "Maja", "shop.name": "Fjell" };

test("variables are filled in, the rest stays", () => {
  expect(filled("Hi {{ customer.first_name }}, from {{shop.name}}!", values).map(({ kind, text }) => `${kind}: ${text}`)).toEqual(["said: Hi ", "filled: Maja", "said: , from ", "filled: Fjell", "said: !"]);
});

test("a filter behind the name does not hide it; an unknown name is marked", () => {
  expect(filled("{{ customer.first_name | upcase }}{{ moon }}", values)).toEqual([{ kind: "filled", text: "Maja" }, { kind: "unknown", text: "{{ moon }}" }]);
});
