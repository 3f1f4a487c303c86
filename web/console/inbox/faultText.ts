import { t } from "../lib/i18n.svelte";

/** What WhatsApp says no with, that an agent can do something about. */
const known = ["131026", "131047", "131049", "131050", "132000", "132001", "132005", "132007", "132012", "132015", "132016"] as const;

/** Why a message has not left, in words where the code it begins with is known; else as the partner said it. */
export const faultText = (fault: string | null) => {
  const code = known.find((one) => fault?.startsWith(`${one} `));
  return code ? t(`fault-${code}`) : fault;
};
