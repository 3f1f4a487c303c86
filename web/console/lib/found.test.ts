import { expect, test, vi } from "vitest";
import { Found } from "./found.svelte";
import { live } from "./live.svelte";

type Thing = { id: string; name: string };
type Page = { items: Thing[]; next: string | null };

const thing = (id: string, name = id) => ({ id, name });
const pageOf = (...items: Thing[]): Page => ({ items, next: null });

/** A source whose answers come when the test says so, by what was asked. */
const askedSlowly = () => {
  const waiting = new Map<string, { answer: (said: never) => void; fail: () => void }>();
  const ask = <Said>(what: string) => new Promise<Said>((answer, fail) => waiting.set(what, { answer, fail: () => fail(new Error(what)) }));
  const found = new Found<Thing>({
    list: ({ q = "", cursor = "" }) => ask<Page>(`list ${q}${cursor}`),
    one: (id) => ask<Thing | undefined>(`one ${id}`),
    concerns: ({ event }) => event === "thing_changed",
  });
  const answer = async (what: string, said: Page | Thing | undefined) => {
    waiting.get(what)!.answer(said as never);
    await Promise.resolve();
  };
  return { found, answer, fail: (what: string) => waiting.get(what)!.fail(), asked: () => [...waiting.keys()] };
};

test("the answer to an earlier search does not replace that of a later one", async () => {
  const { found, answer } = askedSlowly();
  const searches = [found.find({ q: "te" }), found.find({ q: "tent" })];
  await answer("list tent", pageOf(thing("b")));
  await answer("list te", pageOf(thing("a")));
  await Promise.all(searches);
  expect(found.items).toEqual([thing("b")]);
  expect([found.state, found.narrowed]).toEqual(["ready", true]);
});

test("an earlier search that fails late leaves the later one standing", async () => {
  const { found, answer, fail } = askedSlowly();
  const searches = [found.find({ q: "te" }), found.find({})];
  await answer("list ", pageOf(thing("b")));
  fail("list te");
  await Promise.all(searches);
  expect([found.state, found.narrowed]).toEqual(["ready", false]);
});

test("a page more is added once, and asked for again when it failed", async () => {
  const { found, answer, fail, asked } = askedSlowly();
  const first = found.find({});
  await answer("list ", { items: [thing("a")], next: "2" });
  await first;
  const failing = found.more();
  await found.more(); // while one is on its way no other is asked for
  fail("list 2");
  await expect(failing).rejects.toThrow("list 2");
  const again = found.more();
  await answer("list 2", pageOf(thing("b")));
  await again;
  await found.more();
  expect(found.items).toEqual([thing("a"), thing("b")]);
  expect(asked()).toEqual(["list ", "list 2"]);
});

test("the next page of an earlier search is not added to a later one", async () => {
  const { found, answer } = askedSlowly();
  const first = found.find({});
  await answer("list ", { items: [thing("a")], next: "2" });
  await first;
  const more = found.more();
  const second = found.find({ q: "b" });
  await answer("list b", pageOf(thing("b")));
  await answer("list 2", pageOf(thing("c")));
  await Promise.all([more, second]);
  expect(found.items).toEqual([thing("b")]);
});

test("what is opened last is shown, whatever is answered last", async () => {
  const { found, answer } = askedSlowly();
  const first = found.find({});
  await answer("list ", pageOf(thing("a"), thing("b")));
  await first;
  const choices = [found.choose("a"), found.choose("b")];
  expect(found.chosen).toEqual(thing("b")); // as it was found, at once
  await answer("one b", thing("b", "newer"));
  await answer("one a", thing("a", "newer"));
  await Promise.all(choices);
  expect(found.chosen).toEqual(thing("b", "newer"));
});

test("what is not in the list is shown once it is answered, and what is closed stays closed", async () => {
  const { found, answer } = askedSlowly();
  const far = found.choose("z");
  expect(found.chosen).toBeUndefined();
  await answer("one z", thing("z"));
  await far;
  expect(found.chosen).toEqual(thing("z"));
  const again = found.choose("z");
  await found.choose(undefined);
  await answer("one z", thing("z"));
  await again;
  expect(found.chosen).toBeUndefined();
});

test("what changed is asked for again, the open one too", async () => {
  vi.useFakeTimers();
  const { found, answer, asked } = askedSlowly();
  const first = found.find({ q: "a" });
  await answer("list a", pageOf(thing("a")));
  const open = found.choose("a");
  await answer("one a", thing("a"));
  await Promise.all([first, open]);
  const onEvent = vi.spyOn(live, "onEvent");
  const stop = found.follow();
  const hear = onEvent.mock.calls[0]![0];
  hear({ event: "other_changed" } as never);
  vi.advanceTimersByTime(150);
  expect(asked()).toHaveLength(2);
  hear({ event: "thing_changed" } as never);
  vi.advanceTimersByTime(150);
  await answer("list a", pageOf(thing("a", "changed")));
  await answer("one a", thing("a", "changed"));
  await vi.waitFor(() => expect([found.items[0]?.name, found.chosen?.name]).toEqual(["changed", "changed"]));
  stop();
  vi.useRealTimers();
});
