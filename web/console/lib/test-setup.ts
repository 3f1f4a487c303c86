import { FluentBundle, FluentResource } from "@fluent/bundle";
import customers from "virtual:messages/en/customers";
import first from "virtual:messages/en/first";
import settings from "virtual:messages/en/settings";
import { cleanup, configure } from "@testing-library/svelte";
import { afterEach, beforeEach } from "vitest";
import { tongue } from "./i18n.svelte";

// how long something takes is not what is tested: a busy machine only makes it later
configure({ asyncUtilTimeout: 20_000 });

beforeEach(() => {
  localStorage.clear();
  const bundle = new FluentBundle("en-GB", { useIsolating: false });
  for (const part of [first, customers, settings]) bundle.addResource(new FluentResource(part));
  tongue.bundle = bundle;
});

afterEach(() => cleanup());
