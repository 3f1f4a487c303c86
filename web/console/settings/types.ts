import type { Availability, Language, TagColor, Texts } from "../../shared/api";

/** What the settings screens read and write beside the shared types. */
export type Rank = "owner" | "admin" | "lead" | "agent" | "viewer";
export type RoleView = { id: string; key: Rank | null; name: string; permissions: string[]; members: number };
export type RoleRef = Pick<RoleView, "id" | "name"> & { key?: Rank | null };
export type PermissionView = { key: string; about: string };
export type InvitationView = { id: string; email: string; name: string; role: string; departments: string[]; expires_at: string };
export type ShopRef = { id: string; name: string };
export type Span = { from: string; to: string };
export type WeekSpan = Span & { day: number };
export type Holiday = { date: string; name: string; hours: Span[] };
export type ScheduleBody = { name: string; time_zone: string; week: WeekSpan[]; holidays: Holiday[]; is_default: boolean };
export type ScheduleView = ScheduleBody & { id: string };
export type Preview = { open_now: boolean; next_change_at: string | null };
export type Asked = "no" | "optional" | "required";
export type WidgetSettings = {
  origins: string[];
  color: string;
  position: "right" | "left";
  greeting: Texts;
  acknowledgement: Texts;
  away_message: Texts;
  ask_name: Asked;
  ask_email: Asked;
  privacy_url: string | null;
  reply_minutes: number | null;
  departments_choice: boolean;
  identity: "off" | "optional" | "required";
  needs_consent: boolean;
};
export type WidgetView = WidgetSettings & { key: string };
/** What a shopper's browser is told. */
export type ChatConfig = {
  shop: { name: string };
  open: boolean;
  agents: { name: string }[];
  departments: { id: string; name: string; about: string; open: boolean }[];
  strings: Record<string, string>;
};
export type KeyView = { id: string; created_at: string };
export type TokenView = { id: string; member: string; name: string; scopes: string[]; created_at: string; expires_at: string | null; last_used_at: string | null };
export type AuditEntry = {
  id: string;
  at: string;
  event: string;
  actor: { kind: "member" | "token" | "customer" | "system"; id: string | null; name: string | null };
  data: Record<string, unknown>;
};
export type Verification = { ok: boolean; checked: number; broken_at: string | null };
export type Parked = { id: string; kind: string; attempts: number; error: string | null; at: string };
export type SessionRow = { id: string; created_at: string; last_seen_at: string; agent_header: string; current: boolean };

export const tagColors: TagColor[] = ["green", "amber", "red", "blue", "grey", "violet"];
export const availabilities: Availability[] = ["online", "away", "offline"];
export const shopLanguages: Language[] = ["en", "nb", "tr", "zh"];
