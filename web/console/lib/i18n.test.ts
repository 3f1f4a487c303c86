import { afterEach, expect, test } from "vitest";
import { firstLanguage, known, t, tongue } from "./i18n.svelte";

afterEach(() => tongue.speak("en"));

test("a text with its arguments, in each language's own plural", async () => {
  expect(t("found", { count: 1 })).toBe("1 result");
  expect(t("found", { count: 3 })).toBe("3 results");
  await tongue.speak("nb");
  expect(t("found", { count: 1 })).toBe("1 treff");
  await tongue.speak("zh");
  expect(t("inbox")).toBe("收件箱");
  expect(document.documentElement.lang).toBe("zh-CN");
});

test("the language chosen here wins over the browser's", () => {
  expect(firstLanguage()).toBe("en");
  localStorage.setItem("language", "tr");
  expect(firstLanguage()).toBe("tr");
});

test("a key only the server knows has no text", () => {
  expect(known("priority-urgent")).toBe("Urgent");
  expect(known("priority-cosmic")).toBeUndefined();
});

test("the words of a part are known once it is learned, in every language from then on", async () => {
  await tongue.speak("en");
  expect(known("settings-account")).toBeUndefined();
  await Promise.all([tongue.speak("nb"), tongue.learn("settings")]);
  expect(tongue.language).toBe("nb");
  expect(known("settings-account")).toBe("Kontoen din");
  await tongue.speak("tr");
  expect(known("settings-account")).not.toBeUndefined();
});
