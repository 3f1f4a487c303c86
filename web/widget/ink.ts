/** White or near-black, whichever reads better on the shop's colour: one of them always reaches 4.5 to 1. */
export function inkOn(color: string): string {
  const [r = 0, g = 0, b = 0] = (color.match(/[\da-f]{2}/gi) ?? []).map((hex) => linear(Number.parseInt(hex, 16) / 255));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? '#111' : '#fff';
}

const linear = (channel: number) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);
