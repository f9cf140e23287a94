import { setTimeout as delay } from 'node:timers/promises';
import type { Patience } from './request-retry.ts';

/** A second of waiting takes a millisecond; what was waited for is kept, in seconds. Random numbers are all one half. */
export function hastyPatience(waits: number[] = []): Patience {
  return {
    sleep: async (seconds, signal) => {
      waits.push(seconds);
      await delay(seconds, undefined, { signal });
    },
    random: () => 0.5,
    now: () => Date.now() / 1000,
    answerSeconds: 30,
  };
}
