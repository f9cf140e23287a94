import type { ConcurrencyModel } from '../model/concurrency-model.ts';
import { type ClaimPart, type ClaimRow, needsMore, poorAtComputing, quantity, residentMemory } from './claim-part.ts';

/** Part of the five waits that must overlap: half way between one at a time (1) and all at once (5). */
const overlapBound = 3;

function overlap(model: ConcurrencyModel): ClaimPart {
  return {
    measured: 'overlap of 5 waits',
    test: { head: quantity('fan_out_five', model, 'overlap'), base: null, effect: 'ratio', holds: 'above', bound: overlapBound },
    note: 'Overlap: the sum of the five waits over the time they took; 5 is all at once, 1 is one after the other. Who switches between them, the kernel or the loop, is design and not measured.',
  };
}

function pagesAtOnce(model: ConcurrencyModel): ClaimPart {
  return {
    measured: 'time per page, one by one against at once',
    test: needsMore('web_scraping', 'wall_per_unit', ['sequential', model]),
    note: 'Suitable: fetching pages at once is faster than one by one. Threads fetch with blocking calls (http.client), asyncio without (streams).',
  };
}

/** The write-up's Overview table. */
export const overviewRows: readonly ClaimRow[] = [
  {
    feature: 'Concurrency model',
    says: 'threads preemptive, coroutines cooperative',
    parts: [overlap('threads'), overlap('asyncio')],
    unmeasurable: null,
  },
  {
    feature: 'Suitable for',
    says: 'I/O-bound work: threads with blocking calls, async without',
    parts: [pagesAtOnce('threads'), pagesAtOnce('asyncio')],
    unmeasurable: null,
  },
  {
    feature: 'Threading model',
    says: 'OS threads; a loop on one thread',
    parts: [
      {
        measured: 'peak OS threads',
        test: needsMore('fan_out', 'peak_threads', ['threads', 'asyncio']),
        note: 'The most OS threads of the process during several hundred waits.',
      },
    ],
    unmeasurable: null,
  },
  { feature: 'Memory overhead', says: 'threads higher, async lower', parts: [residentMemory], unmeasurable: null },
  {
    feature: 'CPU-bound task handling',
    says: 'threads poor due to the GIL, async poor on its one thread',
    parts: [poorAtComputing('threads'), poorAtComputing('asyncio')],
    unmeasurable: null,
  },
  { feature: 'Syntax complexity', says: 'threads easier', parts: [], unmeasurable: 'ease of reading has no clock' },
];
