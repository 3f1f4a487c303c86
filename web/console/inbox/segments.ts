/** How an SMS is counted: the networks carry it in segments, and each is paid for. Source: 3GPP TS 23.038 (GSM 7-bit default alphabet and its extension). */

const basic = new Set("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà");
/** These take the room of two. */
const extended = new Set("\f^{}\\[~]|€");

type Alphabet = { alone: number; together: number };
const gsm: Alphabet = { alone: 160, together: 153 };
const ucs2: Alphabet = { alone: 70, together: 67 };

export type Segments = {
  count: number;
  /** How much more fits into the last one. */
  left: number;
  /** The first character that only the wide alphabet has: because of it a segment holds less than half. */
  wide?: string;
};

/** Into how many segments a text goes. */
export const segmentsOf = (text: string): Segments => {
  const characters = [...text];
  const wide = characters.find((one) => !basic.has(one) && !extended.has(one));
  const sizes = characters.map((one) => (wide ? one.length : extended.has(one) ? 2 : 1));
  return { ...counted(sizes, wide ? ucs2 : gsm), wide };
};

const counted = (sizes: number[], { alone, together }: Alphabet) => {
  const sum = sizes.reduce((all, size) => all + size, 0);
  if (sum <= alone) return { count: sum > 0 ? 1 : 0, left: alone - sum };
  let count = 1;
  let used = 0;
  for (const size of sizes) {
    // no character is cut in two
    if (used + size > together) {
      count++;
      used = 0;
    }
    used += size;
  }
  return { count, left: together - used };
};
