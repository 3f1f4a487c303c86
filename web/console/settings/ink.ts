const linear = (channel: number) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);

const light = (color: string) => {
  const [r = 0, g = 0, b = 0] = (color.match(/[\da-f]{2}/gi) ?? []).map((hex) => linear(Number.parseInt(hex, 16) / 255));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

/** How well two colours can be told apart: from 1 to 21. */
export const contrast = (one: string, other: string) => {
  const [high, low] = [light(one), light(other)].sort((a, b) => b - a) as [number, number];
  return (high + 0.05) / (low + 0.05);
};

/** What the chat writes on the shop's colour: white or near-black, whichever reads better. */
export const inkOn = (color: string) => (light(color) > 0.179 ? "#111111" : "#ffffff");

export const isColor = (text: string) => /^#[\da-f]{6}$/i.test(text);
