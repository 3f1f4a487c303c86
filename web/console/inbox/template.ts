import type { TemplatePart, TemplateView } from "../../shared/api";

const gap = /\{\{([a-z0-9_]+)\}\}/;

/** A stretch of a part as the customer reads it; where a gap is still open, its example stands in it. */
export type Stretch = { text: string; open?: boolean };

/** A part, filled in. What somebody wrote into a gap is no gap itself. */
export const stretches = ({ place, text }: TemplatePart, values: Record<string, string>, examples: Record<string, string>): Stretch[] =>
  text
    .split(gap)
    .map((piece, at) => {
      if (at % 2 === 0) return { text: piece };
      const key = `${place}.${piece}`;
      const value = values[key]?.trim();
      return value ? { text: value } : { text: examples[key] || "…", open: true };
    })
    .filter(({ text }) => text);

/** A button has one gap at most: it is known by what stands on it. */
export const buttonOf = ({ parts }: TemplateView, key: string) => parts.find(({ place }) => place.startsWith("button") && key.startsWith(`${place}.`))?.text.replace(gap, "…");

export const examplesOf = ({ gaps }: TemplateView) => Object.fromEntries(gaps.map(({ key, example }) => [key, example ?? ""]));

/** What is filled in from the beginning. */
export const valuesOf = ({ gaps }: TemplateView) => Object.fromEntries(gaps.map(({ key, suggestion }) => [key, suggestion ?? ""]));

/** By what it is chosen: two languages of one template are two. */
export const keyOf = ({ name, language }: TemplateView) => `${name} ${language}`;
