// Writes the keys and arguments of every message as a type, and refuses a language that lacks one.
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse } from "@fluent/syntax";
import { catalogue, languages, parts } from "./catalogue.mjs";

const messages = (language) => {
  const { body } = parse(catalogue(language), { withSpans: false });
  const junk = body.filter((entry) => entry.type === "Junk");
  if (junk.length > 0) throw new Error(`${language}: not Fluent: ${junk.map((entry) => entry.content).join()}`);
  const found = body.filter((entry) => entry.type === "Message");
  const twice = found.map((entry) => entry.id.name).filter((name, i, all) => all.indexOf(name) !== i);
  if (twice.length > 0) throw new Error(`${language}: written twice: ${twice.join(", ")}`);
  return new Map(found.map((entry) => [entry.id.name, variables(entry)]));
};

const variables = (node, found = new Set()) => {
  if (node?.type === "VariableReference") found.add(node.id.name);
  for (const child of Object.values(node ?? {})) if (typeof child === "object") variables(child, found);
  return found;
};

const english = messages("en");
for (const language of languages) {
  const translated = messages(language);
  const missing = [...english.keys()].filter((key) => !translated.has(key));
  const extra = [...translated.keys()].filter((key) => !english.has(key));
  const wrong = [...translated].filter(([key, names]) => [...names].some((name) => !english.get(key)?.has(name)));
  if (missing.length + extra.length + wrong.length > 0) {
    throw new Error(`${language}: missing [${missing}] unknown [${extra}] other arguments [${wrong.map(([key]) => key)}]`);
  }
}

const args = (names) => (names.size === 0 ? "undefined" : `{ ${[...names].map((name) => `${name}: Argument`).join("; ")} }`);
const lines = [...english].map(([key, names]) => `  "${key}": ${args(names)};`);
const names = Object.keys(parts).map((part) => `"${part}"`);
const text = `/** What is fetched together. */\nexport type Part = ${names.join(" | ")};\ntype Argument = string | number;\nexport type Messages = {\n${lines.join("\n")}\n};\n`;
writeFileSync(resolve(import.meta.dirname, "../console/lib/messages.gen.ts"), text);
