import { type ClaimRow, higherThan, loopLagOfComputing, loopLagOfWaiting, needsMore, quantity, residentMemory } from './claim-part.ts';

/** The write-up's "Key Differences: Scheduling & Memory" table. */
export const keyDifferenceRows: readonly ClaimRow[] = [
  {
    feature: 'Scheduling',
    says: 'by the OS; by the event loop',
    parts: [
      {
        measured: 'kernel switches per hand-over',
        test: higherThan(
          quantity('context_switch', 'threads', 'voluntary_switches_per_unit'),
          quantity('context_switch', 'asyncio', 'voluntary_switches_per_unit'),
        ),
        note: 'Voluntary context switches that the kernel counted per hand-over; a loop hands over without asking it.',
      },
    ],
    unmeasurable: null,
  },
  {
    feature: 'Context switch',
    says: 'threads costly, async lightweight',
    parts: [
      {
        measured: 'time per hand-over, on one CPU',
        test: needsMore('context_switch', 'wall_per_unit', ['threads', 'asyncio']),
        note: 'Both threads are held on one CPU (affinity). On two CPUs a hand-over between threads costs several times as much, so a figure without its affinity says nothing.',
      },
    ],
    unmeasurable: null,
  },
  {
    feature: 'Memory footprint',
    says: 'threads larger, async smaller',
    parts: [
      residentMemory,
      {
        measured: 'address space per unit',
        test: higherThan(
          quantity('memory_per_unit', 'threads', 'virtual_memory_per_unit'),
          quantity('memory_per_unit', 'asyncio', 'virtual_memory_per_unit'),
        ),
        note: 'Address space is reserved, not occupied: most of a thread’s stack is never touched.',
      },
    ],
    unmeasurable: null,
  },
  {
    feature: 'Blocking call handling',
    says: 'a call blocks its thread only; a coroutine suspends only itself',
    parts: [
      loopLagOfWaiting(
        'How late the loop runs what is due while others make blocking calls: made in a coroutine (asyncio) against handed to threads (run_in_executor). Holds: in its thread the call blocks only that thread.',
      ),
      loopLagOfComputing,
    ],
    unmeasurable: null,
  },
];
