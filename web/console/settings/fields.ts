/** One line a person can choose. */
export type Option = { value: string; label: string; hint?: string; disabled?: boolean };

type Named = { name: string; label: string; hint?: string };

/** A field of a settings form, as data: `Fields` draws it. */
export type FieldShape = Named &
  (
    | { kind: "line"; type?: "text" | "email" | "url" | "date"; max?: number; required?: boolean; placeholder?: string; autocomplete?: "name" | "email" | "off" }
    /** Nothing written is null. */
    | { kind: "maybe"; type?: "text" | "url"; max?: number; placeholder?: string }
    | { kind: "secret"; autocomplete: "current-password" | "new-password"; optional?: boolean }
    | { kind: "number"; min: number; max: number; optional?: boolean; /** Parts of one count, too. */ exact?: boolean }
    /** An amount in one of these currencies. */
    | { kind: "money"; currencies: readonly string[] }
    | { kind: "choice"; options: Option[]; required?: boolean }
    | { kind: "switch" }
    | { kind: "ticks"; options: Option[]; none: string }
    /** A list of texts, one a line. */
    | { kind: "lines"; placeholder?: string }
    /** One text a language. */
    | { kind: "texts"; max: number; rows?: number; placeholder?: string }
    | { kind: "color" }
    | { kind: "zone" }
  );

export const linesOf = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
