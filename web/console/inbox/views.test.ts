import { expect, test } from "vitest";
import { aRow } from "../lib/testing";
import { belongs, isView, queryOf, type ViewName } from "./views";

test.each<[ViewName, Parameters<typeof aRow>[0], boolean | undefined]>([
  ["open", { status: "waiting" }, true],
  ["open", { status: "snoozed" }, false],
  ["mine", { assignee: "mem_kari" }, true],
  ["mine", { assignee: "mem_mats" }, false],
  ["mine", { assignee: "mem_kari", status: "resolved" }, false],
  ["unassigned", {}, true],
  ["unassigned", { assignee: "mem_mats" }, false],
  ["resolved", { status: "resolved" }, true],
  ["spam", { status: "spam" }, true],
  ["all", { status: "spam" }, false],
  ["all", { status: "resolved" }, true],
  ["dep_size", { department: "dep_size" }, true],
  ["dep_size", { department: "dep_gear" }, false],
  ["mentions", {}, undefined],
  ["doubtful", {}, undefined],
])("in %s, %o: %s", (view, row, expected) => {
  expect(belongs(aRow(row), view, "mem_kari")).toBe(expected);
});

test("a department is a view of its own", () => {
  expect(queryOf("dep_size")).toEqual({ view: "department", department: "dep_size" });
  expect([isView("mine"), isView("dep_x"), isView("cnv_1"), isView(undefined)]).toEqual([true, true, false, false]);
});
