import { FluentBundle, FluentResource } from "@fluent/bundle";
import english from "virtual:messages/en/first";
import settings from "virtual:messages/en/settings";
import storefront from "virtual:messages/en/storefront";
import { cleanup } from "@testing-library/svelte";
import { afterEach, beforeEach } from "vitest";
import { tongue } from "./i18n.svelte";

beforeEach(() => {
  localStorage.clear();
  const bundle = new FluentBundle("en-GB", { useIsolating: false });
  for (const words of [english, settings, storefront]) bundle.addResource(new FluentResource(words));
  tongue.bundle = bundle;
});

afterEach(() => cleanup());
