/**
 * What the console's socket says, as docs/live.md describes it.
 * Written by hand: the API's description knows requests and answers, and these are neither.
 */
export type PresentMember = { id: string; name: string; typing: boolean };
export type Signal =
  | { type: "members"; online: string[] }
  | { type: "presence"; conversation: string; members: PresentMember[] }
  | { type: "customer_online"; customer: string; conversation: null; online: boolean }
  | { type: "customer_typing"; customer: string; conversation: string; online: boolean };
export type LiveEvent = { type: "event"; seq: number; event: string; ids: Record<string, string> };
export type LiveFrame =
  | { type: "hello"; seq: number }
  | { type: "resync"; seq: number }
  | LiveEvent
  | Signal
  | { type: "customer_browsing"; customer: string }
  | { type: "pong" }
  | { type: "signed_out" };
