import type { LineTested, Trouble } from "../../shared/api";
import { known, t } from "../lib/i18n.svelte";

export const lineTroubleText = (kind: Trouble) => known(`line-trouble-${kind.replaceAll("_", "-")}`) ?? kind;

/** What came of a test, in a sentence; the partner's own words at its end. */
export const lineTestText = ({ known_as, trouble, detail }: LineTested) =>
  known_as === null ? [trouble && lineTroubleText(trouble), detail].filter(Boolean).join(" ") : t("line-test-fine", { name: known_as });
