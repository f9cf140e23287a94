import { counted } from './names.ts';

const units = [
  ['minute', 60],
  ['hour', 3600],
  ['day', 86_400],
] as const;

/** How long ago something was, in the largest unit of which there are two: "3 days", "26 hours"; "2 hours later" for what came after. */
export function ageText(seconds: number): string {
  if (seconds < 0) return `${ageText(-seconds)} later`;
  const [name, size] = units.findLast(([, unit]) => seconds >= 2 * unit) ?? units[0];
  return counted(Math.floor(seconds / size), name);
}
