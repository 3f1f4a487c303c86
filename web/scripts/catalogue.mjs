// Where the texts are: one Fluent file per room and language, shared with the server.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

export const languages = ["en", "nb", "tr", "zh"];
export const rooms = ["common", "inbox", "customers", "commerce", "team", "desk", "settings"];

const folder = resolve(import.meta.dirname, "../../locales");

export const file = (language, room) => resolve(folder, language, `${room}.ftl`);

export const catalogue = (language) => rooms.map((room) => readFileSync(file(language, room), "utf8")).join("\n");
