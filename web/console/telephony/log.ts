import type { CallOutcome, LoggedCall, PhoneCall } from "../../shared/api";
import { callDetails, promiseText } from "../inbox/callText";
import { api } from "../lib/api";
import { Found } from "../lib/found.svelte";
import { t } from "../lib/i18n.svelte";

/** Who has called, as far as it was looked through. Each leads to its conversation; none is opened here. */
export const log = new Found<LoggedCall, { line?: string; outcome?: CallOutcome }>({
  list: (query) => api.get("/calls", { query }),
  one: async () => undefined,
  concerns: ({ event }) => event.startsWith("call_"),
});

/** What came of a call, who picked up and for how long, or until when somebody waits. */
export const cameOut = (call: PhoneCall | null, now: number) => {
  if (!call) return t("call-rings-now");
  const said = [t(`call-${call.outcome}`), callDetails(call)];
  if (call.call_back_by) said.push(promiseText(call.call_back_by, now));
  return said.filter(Boolean).join(" · ");
};
