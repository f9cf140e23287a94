/** The share that "10%", "7.5 %" or "0.1" states, >= 0: 0.1 is 10 %. Null for any other text. Without an upper bound. */
export function shareFrom(text: string): number | null {
  const match = /^\s*(\d+(?:\.\d+)?)\s*(%?)\s*$/.exec(text);
  if (match === null) return null;
  return match[2] === '%' ? Number(match[1]) / 100 : Number(match[1]);
}

/** A share as messages about options show it: "10 %", "0.5 %". */
export function shareText(share: number): string {
  return `${Number((share * 100).toPrecision(6))} %`;
}
