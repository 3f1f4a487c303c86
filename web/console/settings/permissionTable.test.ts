import { expect, test } from "vitest";
import { permissionTable, withPermissions } from "./permissionTable";

const catalogue = ["conversations.read", "conversations.reply", "customers.read", "shop.manage"].map((key) => ({ key, about: `To ${key}` }));

test("permissions stand together by what they are about", () => {
  const table = permissionTable(catalogue, ["customers.read"], catalogue.map(({ key }) => key));
  expect(table.map(({ topic, rows }) => [topic, rows.length])).toEqual([["conversations", 2], ["customers", 1], ["shop", 1]]);
  expect(table[1]?.rows[0]).toMatchObject({ key: "customers.read", held: true, fixed: false });
});

test("what one lacks oneself cannot be handed out", () => {
  const fixed = permissionTable(catalogue, [], ["customers.read"]).flatMap(({ rows }) => rows.filter((row) => row.fixed).map(({ key }) => key));
  expect(fixed).toEqual(["conversations.read", "conversations.reply", "shop.manage"]);
});

test("ticking keeps the catalogue's order, unticking leaves the others", () => {
  const some = withPermissions(catalogue, ["shop.manage"], ["conversations.read"], true);
  expect(some).toEqual(["conversations.read", "shop.manage"]);
  expect(withPermissions(catalogue, some, ["shop.manage"], false)).toEqual(["conversations.read"]);
});
