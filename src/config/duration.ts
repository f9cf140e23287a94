import { z } from 'zod';

const message = 'is not a duration such as 90s, 4m30s or 1h, from 1s to 6h';

/** Seconds from "90", "90s", "4m30s", "1h", or a number of seconds; 1 to 21,600. */
export const duration = z.preprocess(
  (given) => (typeof given === 'string' ? secondsOf(given) : given),
  z.number(message).min(1, message).max(21_600, message),
);

function secondsOf(text: string): number {
  const match = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$/.exec(text.trim());
  if (match === null || match[0] === '') return Number.NaN;
  const [, hours = '0', minutes = '0', seconds = '0'] = match;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
