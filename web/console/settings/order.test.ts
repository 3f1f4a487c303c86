import { expect, test } from "vitest";
import { moved } from "./order";

const items = [{ id: "a", position: 0 }, { id: "b", position: 4 }, { id: "c", position: 5 }];

test("one goes up, and only who stands elsewhere now is told", () => {
  const { order, changed } = moved(items, 2, -1);
  expect(order.map(({ id }) => id)).toEqual(["a", "c", "b"]);
  expect(changed).toEqual([{ id: "c", position: 1 }, { id: "b", position: 2 }]);
});
