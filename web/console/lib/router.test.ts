import { beforeEach, expect, test } from "vitest";
import { link, route } from "./router.svelte";

beforeEach(() => route.go("/inbox", { replace: true }));
route.watch();

const click = (href: string, options: MouseEventInit = {}) => {
  const anchor = document.body.appendChild(Object.assign(document.createElement("a"), { href }));
  const event = new MouseEvent("click", { bubbles: true, cancelable: true, ...options });
  anchor.dispatchEvent(event);
  return event;
};

test("an address is its segments and what stands behind the question mark", () => {
  route.go("/inbox/mine/cnv_1?pane=customer");
  expect(route.segments).toEqual(["inbox", "mine", "cnv_1"]);
  expect(route.at.query.get("pane")).toBe("customer");
  expect(location.pathname).toBe("/console/inbox/mine/cnv_1");
});

test("a link of ours changes the screen without a page load", () => {
  const event = click(link("/customers/cus_1"));
  expect(event.defaultPrevented).toBe(true);
  expect(route.segments).toEqual(["customers", "cus_1"]);
});

test("foreign links, and ours with Ctrl, are the browser's business", () => {
  click("https://shop.example/console/inbox/all");
  click(link("/inbox/all"), { ctrlKey: true });
  click("/files/picture.png");
  expect(route.segments).toEqual(["inbox"]);
});
