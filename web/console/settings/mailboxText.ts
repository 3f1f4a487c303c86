import type { MailboxTested, Trouble } from "../../shared/api";
import { known, t } from "../lib/i18n.svelte";

export const mailTroubleText = (kind: Trouble) => known(`mailbox-trouble-${kind.replaceAll("_", "-")}`) ?? kind;

/** What came of a test of one server, in a sentence; its own words at the end. */
export const serverText = ({ trouble, detail }: MailboxTested["incoming"]) => (trouble ? [mailTroubleText(trouble), detail].filter(Boolean).join(" ") : t("mailbox-test-fine"));
