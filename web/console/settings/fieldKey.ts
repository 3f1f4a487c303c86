const plain = (text: string) => text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/ß/g, "ss").replace(/[øØ]/g, "o").replace(/[æÆ]/g, "ae").replace(/ı/g, "i").toLowerCase();

/** How programs call a field that people call so. What has no Latin letters is called by a number of its own. */
export const keyOf = (label: string, now = Date.now()): string => {
  const key = plain(label).replace(/[^a-z0-9]+/g, "_").replace(/^[^a-z]+|_+$/g, "").slice(0, 40).replace(/_+$/, "");
  return key || `field_${now.toString(36)}`;
};
