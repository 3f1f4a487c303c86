import type { ChannelLineView, LineTested, Trouble } from "../../shared/api";
import { known, t } from "../lib/i18n.svelte";

export const lineTroubleText = (kind: Trouble) => known(`line-trouble-${kind.replaceAll("_", "-")}`) ?? kind;

/** What came of a test, in a sentence; the partner's own words at its end. */
export const lineTestText = ({ known_as, trouble, detail }: LineTested) =>
  known_as === null ? [trouble && lineTroubleText(trouble), detail].filter(Boolean).join(" ") : t("line-test-fine", { name: known_as });

/** Access that only people can renew is told of for so long before it ends. */
const told = 14 * 24 * 3_600_000;

export const accessEndsSoon = ({ access }: ChannelLineView, now: number) =>
  access?.renewal === "by_people" && (!access.ends_at || new Date(access.ends_at).getTime() - now < told);
