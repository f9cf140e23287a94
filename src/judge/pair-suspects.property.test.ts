import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cell } from '../model/cell.ts';
import type { SuspectPlan } from '../model/pair-suspect.ts';
import type { RecordedWorkload } from '../model/results.ts';
import { seededRandom, shuffled } from '../stats/random.ts';
import { pairRuntime } from './pair.fixture.ts';
import { planSuspects, type SidePlan } from './pair-suspects.ts';

const runtimes = ['aaaaaaaa', 'bbbbbbbb'].flatMap((build) => ['0.20.0', '0.21.0', '0.22.1'].map((uvloop) => pairRuntime(uvloop, build)));

const workload = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd'),
  source: fc.constantFrom('one', 'other'),
  gate: fc.constantFrom('wall_per_unit', 'cpu_per_unit', 'own', null),
  better: fc.constantFrom('lower' as const, 'higher' as const),
});

const side = fc
  .record({
    on: fc.uniqueArray(fc.nat(runtimes.length - 1), { minLength: 1, maxLength: 3 }),
    known: fc.uniqueArray(workload, { selector: ({ id }) => id, minLength: 1 }),
  })
  .map(({ on, known }): SidePlan => {
    const workloads = known.map(({ id, source, gate, better }): RecordedWorkload => {
      const gates: RecordedWorkload['gates'] = gate === null ? {} : { asyncio: gate };
      return { id, title: id, source, metrics: { own: { unit: 's', better } }, gates };
    });
    const there = on.flatMap((index) => runtimes[index] ?? []);
    const cells = there.flatMap(({ id: runtime }) =>
      workloads.map(({ id }): Cell => ({ workload: id, model: 'asyncio', runtime, params: '' })),
    );
    return { runtimes: there, workloads, cells, leftOut: [], refused: [] };
  });

/** What a plan says, without the order in which it says it. */
function saidOf({ suspects, lone, notComparable }: SuspectPlan): readonly string[] {
  return [
    ...suspects.map(({ id, runtimes: { base, head }, metric, sourceDiffers }) =>
      JSON.stringify([id, base.id, head.id, metric, sourceDiffers]),
    ),
    ...lone.map((each) => JSON.stringify(each)),
    ...notComparable.map((each) => JSON.stringify(each)),
  ].toSorted();
}

function pairsOf({ suspects }: SuspectPlan, one: 'base' | 'head'): readonly string[] {
  const other = one === 'base' ? 'head' : 'base';
  return suspects
    .map(({ cell, runtimes: sides, metric, sourceDiffers }) =>
      JSON.stringify([cell.workload, sides[one].id, sides[other].id, metric, sourceDiffers]),
    )
    .toSorted();
}

describe('the plan of suspects', () => {
  it('does not depend on the order of cells, workloads or runtimes', () => {
    fc.assert(
      fc.property(side, side, fc.nat(1_000_000), (base, head, seed) => {
        const random = seededRandom(`${seed}`);
        const reordered = (plan: SidePlan): SidePlan => ({
          ...plan,
          runtimes: shuffled(plan.runtimes, random),
          workloads: shuffled(plan.workloads, random),
          cells: shuffled(plan.cells, random),
        });
        expect(saidOf(planSuspects({ base: reordered(base), head: reordered(head) }))).toEqual(saidOf(planSuspects({ base, head })));
      }),
      { seed: 111, numRuns: 150 },
    );
  });

  it('pairs the same cells, mirrored, for base and head exchanged', () => {
    fc.assert(
      fc.property(side, side, (base, head) => {
        const turned = planSuspects({ base: head, head: base });
        expect(pairsOf(turned, 'head')).toEqual(pairsOf(planSuspects({ base, head }), 'base'));
      }),
      { seed: 112, numRuns: 150 },
    );
  });

  it('names every cell of either side once: in a pair, alone, or not comparable', () => {
    fc.assert(
      fc.property(side, side, (base, head) => {
        const { suspects, lone, notComparable } = planSuspects({ base, head });
        const all = [...suspects, ...lone, ...notComparable].map(({ cell }) => `${cell.workload} ${cell.runtime}`);
        expect(new Set(all).size).toBe(all.length);
        const ofHead = [...suspects, ...notComparable, ...lone.filter(({ lacks }) => lacks === 'base')];
        expect(new Set(ofHead.map(({ cell }) => cell))).toEqual(new Set(head.cells));
        for (const { runtimes: sides } of suspects) expect(sides.base.build).toBe(sides.head.build);
        for (const { reason } of [...lone, ...notComparable]) expect(reason.length).toBeGreaterThan(10);
      }),
      { seed: 113, numRuns: 150 },
    );
  });

  it('is not moved by one more workload that the sides do not judge alike', () => {
    fc.assert(
      fc.property(side, side, fc.constantFrom('cpu_per_unit', null), (base, head, gate) => {
        const withMore = (plan: SidePlan, of: string | null): SidePlan => {
          const more: RecordedWorkload = {
            id: 'more',
            title: 'more',
            source: 'more',
            metrics: {},
            gates: of === null ? {} : { asyncio: of },
          };
          const cells = plan.runtimes.map(({ id }): Cell => ({ workload: 'more', model: 'asyncio', runtime: id, params: '' }));
          return { ...plan, workloads: [more, ...plan.workloads], cells: [...cells, ...plan.cells] };
        };
        const found = planSuspects({ base: withMore(base, 'wall_per_unit'), head: withMore(head, gate) });
        expect(found.suspects).toEqual(planSuspects({ base, head }).suspects);
      }),
      { seed: 114, numRuns: 100 },
    );
  });
});
