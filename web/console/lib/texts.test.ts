import { type Entry, FluentSerializer, type Message, parse } from "@fluent/syntax";
import { expect, test } from "vitest";
import { catalogue, languages } from "../../scripts/catalogue.mjs";

/** Words that are the same in both languages, each looked at by a person. */
const same: Record<string, string[]> = {
  nb: ["send", "view-mine", "role-admin", "topic-channels", "settings-chat"],
  tr: [],
  zh: [],
};

const serializer = new FluentSerializer();
const isMessage = (entry: Entry): entry is Message => entry.type === "Message";
const texts = (language: string) =>
  new Map(
    parse(catalogue(language), { withSpans: false })
      .body.filter(isMessage)
      .map((message) => [message.id.name, serializer.serializeEntry(message).replace(/^[\w-]+ = /, "").trim()]),
  );
const onlyArguments = (text: string) => !/\p{L}/u.test(text.replace(/\{[^}]*\}/g, ""));

test.each(languages.filter((language) => language !== "en"))("nothing is left in English in %s", (language) => {
  const english = texts("en");
  const left = [...texts(language)].filter(([key, text]) => english.get(key) === text && !onlyArguments(text) && !same[language]?.includes(key));
  expect(left.map(([key]) => key)).toEqual([]);
});
