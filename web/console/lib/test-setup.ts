import { FluentBundle, FluentResource } from "@fluent/bundle";
import english from "virtual:messages/en/first";
import settings from "virtual:messages/en/settings";
import { cleanup } from "@testing-library/svelte";
import { afterEach, beforeEach } from "vitest";
import { tongue } from "./i18n.svelte";

beforeEach(() => {
  localStorage.clear();
  const bundle = new FluentBundle("en-GB", { useIsolating: false });
  bundle.addResource(new FluentResource(english));
  bundle.addResource(new FluentResource(settings));
  tongue.bundle = bundle;
});

afterEach(() => cleanup());
