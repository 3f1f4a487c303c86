import { FluentBundle, FluentResource } from "@fluent/bundle";
import { cleanup, configure } from "@testing-library/svelte";
import { afterEach, beforeEach } from "vitest";
import { catalogues, tongue } from "./i18n.svelte";

// how long something takes is not what is tested: a busy machine only makes it later
configure({ asyncUtilTimeout: 20_000 });

const english = await Promise.all(Object.values(catalogues.en).map((fetch) => fetch()));

beforeEach(() => {
  localStorage.clear();
  const bundle = new FluentBundle("en-GB", { useIsolating: false });
  for (const { default: part } of english) bundle.addResource(new FluentResource(part));
  tongue.bundle = bundle;
});

afterEach(() => cleanup());
