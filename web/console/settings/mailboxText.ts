import type { MailboxTested, MailboxView, Trouble } from "../../shared/api";
import { known, t } from "../lib/i18n.svelte";

export const mailTroubleText = (kind: Trouble) => known(`mailbox-trouble-${kind.replaceAll("_", "-")}`) ?? kind;

/** What is wrong with a mailbox; one that is signed in to has no password that could be. */
export const troubleText = ({ sign_in }: MailboxView, kind: Trouble) => (sign_in && kind === "sign_in_refused" ? t("mailbox-trouble-token-refused") : mailTroubleText(kind));

/** What came of a test of one server, in a sentence; its own words at the end. */
export const serverText = ({ trouble, detail }: MailboxTested["incoming"]) => (trouble ? [mailTroubleText(trouble), detail].filter(Boolean).join(" ") : t("mailbox-test-fine"));
