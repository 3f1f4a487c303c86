import type { BrowsingView } from "../../shared/api";

type Source = NonNullable<BrowsingView["visit"]>["source"];

const host = (address: string) => {
  try {
    return new URL(address).host.replace(/^www\./, "");
  } catch {
    return address;
  }
};

/** "social.example · newsletter · autumn": the page that led here, and what its link said of itself. */
export const whereFrom = ({ referrer, campaign }: Source) => {
  const { source, medium, name, content } = campaign ?? {};
  const parts = [referrer && host(referrer), source, medium, name, content].filter((part): part is string => !!part);
  return [...new Set(parts)].join(" · ");
};

const justNow = 5 * 60_000;

/** Whoever did something a moment ago is taken to be still there. */
export const isThere = (lastAt: string, now: number) => now - new Date(lastAt).getTime() < justNow;
