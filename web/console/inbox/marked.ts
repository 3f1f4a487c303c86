/** A snippet cut where the searched words stand. */
export const marked = (text: string, typed: string): { text: string; hit: boolean }[] => {
  const words = typed.split(/\s+/).filter(Boolean).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (words.length === 0) return [{ text, hit: false }];
  const isHit = new RegExp(`^(?:${words.join("|")})$`, "i");
  return text
    .split(new RegExp(`(${words.join("|")})`, "i"))
    .filter(Boolean)
    .map((piece) => ({ text: piece, hit: isHit.test(piece) }));
};
