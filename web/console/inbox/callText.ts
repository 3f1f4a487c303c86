import type { LastSaid, PhoneCall } from "../../shared/api";
import { directory } from "../lib/directory.svelte";
import { duration, moment, sameDay, time } from "../lib/format";
import { t } from "../lib/i18n.svelte";

/** What a list says of a call, in a few words. */
export const callText = (call: PhoneCall, now: number) => {
  const said: string[] = [t(`call-${call.outcome}`)];
  if (call.seconds) said.push(duration(call.seconds));
  if (call.call_back_by) said.push(promiseText(call.call_back_by, now));
  return said.join(" · ");
};

/** The last thing said, as a list shows it. */
export const previewText = ({ text, call }: LastSaid, now: number) => (call ? callText(call, now) : text);

/** Until when somebody was promised a call, or was. */
export const promiseText = (by: string, now: number) => t(isOver(by, now) ? "call-back-was-by" : "call-back-by", { time: sameDay(by, new Date(now).toISOString()) ? time(by) : moment(by) });

export const isOver = (by: string, now: number) => Date.parse(by) < now;

/** What more its entry says: who picked up, and for how long. */
export const callDetails = ({ outcome, member, seconds }: PhoneCall) => {
  const name = directory.member(member)?.name;
  const said = outcome === "answered" && name ? [t("call-with", { name })] : [];
  if (seconds !== null) said.push(duration(seconds));
  else if (outcome === "answered") said.push(t("call-talking"));
  return said.join(" · ");
};
