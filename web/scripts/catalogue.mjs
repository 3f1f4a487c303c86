// Where the texts are: one Fluent file per room and language, shared with the server.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

export const languages = ["en", "nb", "tr", "zh"];
/** What is fetched together: what everybody sees, and what only some screens need. */
export const parts = { first: ["common", "session", "inbox", "commerce", "desk"], customers: ["customers", "search", "imports", "credits", "refunds", "storefront"], settings: ["team", "settings", "bot", "replies"], calls: ["calls"], letters: ["letters"], templates: ["templates"], lines: ["lines"], goods: ["goods"], reports: ["reports"], entrance: ["entrance"], alerts: ["alerts"] };
export const rooms = Object.values(parts).flat();

const folder = resolve(import.meta.dirname, "../../locales");

export const file = (language, room) => resolve(folder, language, `${room}.ftl`);

export const catalogue = (language, among = rooms) => among.map((room) => readFileSync(file(language, room), "utf8")).join("\n");
