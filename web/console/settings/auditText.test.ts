import { FluentBundle, FluentResource } from "@fluent/bundle";
import english from "virtual:messages/en/settings";
import bokmal from "virtual:messages/nb/settings";
import turkish from "virtual:messages/tr/settings";
import chinese from "virtual:messages/zh/settings";
import { expect, test } from "vitest";
import type { AuditEntry } from "../../shared/api";
import { tongue } from "../lib/i18n.svelte";
import { auditEvents, auditKey, auditText } from "./auditText";

const names = { role: (id: string) => (id === "rol_lead" ? "Team lead" : undefined) };
const entry = (event: string, data: AuditEntry["data"] = {}): AuditEntry => ({ id: "evt_1", at: "2026-11-23T10:00:00.000000Z", event, actor: { kind: "member", id: "mem_kari", name: "Kari" }, data });
const speak = (catalogue: string, locale: string) => {
  tongue.bundle = new FluentBundle(locale, { useIsolating: false });
  tongue.bundle.addResource(new FluentResource(catalogue));
};

test.each([["en-GB", english], ["nb-NO", bokmal], ["tr-TR", turkish], ["zh-CN", chinese]])("every act has a sentence and a name in %s", (locale, catalogue) => {
  speak(catalogue, locale);
  const unsaid = auditEvents.filter((event) => !tongue.bundle.hasMessage(auditKey(event)) || !tongue.bundle.hasMessage(auditKey(event).replace("audit-", "act-")));
  expect(unsaid).toEqual([]);
  for (const event of auditEvents) expect(auditText(entry(event, { member: "mem_x", role: "rol_lead", sessions: 2 }), names)).not.toMatch(/[{}_]/);
});

test("who did it and to what", () => {
  expect(auditText(entry("role_changed", { role: "rol_lead" }), names)).toBe("Kari changed the role Team lead");
  expect(auditText(entry("role_changed", { role: "rol_gone" }), names)).toBe("Kari changed the role (deleted)");
});

test("the opposite reads otherwise", () => {
  expect(auditText(entry("customer_blocked", { blocked: false }), names)).toBe("Kari unblocked a customer");
  expect(auditText(entry("conversation_marked_spam", { spam: true }), names)).toBe("Kari marked a conversation as spam");
  expect(auditText(entry("sessions_ended", { member: "mem_kari", sessions: 3 }), names)).toBe("Kari ended 3 of their own sessions");
});

test("what a later Ombud announces is named, not hidden", () => {
  expect(auditText(entry("moon_landed"), names)).toBe("Kari: moon landed");
});
