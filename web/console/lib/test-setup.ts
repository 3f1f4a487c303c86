import { FluentBundle, FluentResource } from "@fluent/bundle";
import english from "virtual:messages/en";
import { cleanup } from "@testing-library/svelte";
import { afterEach, beforeEach } from "vitest";
import { tongue } from "./i18n.svelte";

beforeEach(() => {
  localStorage.clear();
  const bundle = new FluentBundle("en-GB", { useIsolating: false });
  bundle.addResource(new FluentResource(english));
  tongue.bundle = bundle;
});

afterEach(() => cleanup());
