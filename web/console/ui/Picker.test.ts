import { fireEvent, render, screen } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import Picker from "./Picker.svelte";

const choices = [
  { id: "mem_kari", label: "Kari Nordmann", hint: "Online", group: "Colleagues" },
  { id: "mem_ines", label: "İnes Yılmaz", hint: "Away", group: "Colleagues" },
  { id: "dep_size", label: "Size and fit", group: "Departments" },
];
const open = (more = {}) => {
  const asked = { onchoose: vi.fn(), onclose: vi.fn(), oncreate: vi.fn() };
  const { onchoose, onclose } = asked;
  render(Picker, { label: "Assign to …", choices, onchoose, onclose, ...more });
  return { ...asked, field: screen.getByRole("combobox", { hidden: true }) };
};
const shown = () => screen.getAllByRole("option", { hidden: true }).map((option) => option.querySelector("bdi")?.textContent);

test("typing narrows the lines, accents aside", async () => {
  const { field } = open();
  await fireEvent.input(field, { target: { value: "ines" } });
  expect(shown()).toEqual(["İnes Yılmaz"]);
});

test("arrows walk, Enter takes, the focus stays in the field", async () => {
  const { field, onchoose, onclose } = open();
  await fireEvent.keyDown(field, { key: "ArrowDown" });
  expect(field.getAttribute("aria-activedescendant")).toMatch(/-1$/);
  await fireEvent.keyDown(field, { key: "Enter" });
  expect(onchoose).toHaveBeenCalledWith(choices[1]);
  expect(onclose).toHaveBeenCalledOnce();
});

test("up from the first line is the last", async () => {
  const { field, onchoose } = open();
  await fireEvent.keyDown(field, { key: "ArrowUp" });
  await fireEvent.keyDown(field, { key: "Enter" });
  expect(onchoose).toHaveBeenCalledWith(choices[2]);
});

test("what is not there can be made, by those who may", async () => {
  const oncreate = vi.fn();
  const { field } = open({ oncreate, multiple: true });
  await fireEvent.input(field, { target: { value: "fragile" } });
  await fireEvent.keyDown(field, { key: "Enter" });
  expect(oncreate).toHaveBeenCalledWith("fragile");
});

test("nothing found is said", async () => {
  const { field } = open();
  await fireEvent.input(field, { target: { value: "zzz" } });
  expect(screen.getByRole("status", { hidden: true }).textContent).toBe("Nothing matches what you typed.");
});

test("while it is still looked for, Enter waits and takes what is found, not what stands there", async () => {
  const asked = { onchoose: vi.fn(), onclose: vi.fn() };
  const { rerender } = render(Picker, { label: "Search products", choices, busy: true, ...asked });
  const field = screen.getByRole("combobox", { hidden: true });
  await fireEvent.input(field, { target: { value: "zzz" } });
  await fireEvent.keyDown(field, { key: "Enter" });
  expect(shown()).toHaveLength(3);
  expect(asked.onchoose).not.toHaveBeenCalled();
  const found = { id: "prd_1", label: "Vidde tent" };
  await rerender({ choices: [found], busy: false });
  expect(asked.onchoose).toHaveBeenCalledExactlyOnceWith(found);
});
