import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../stats/random.ts';
import { concludeConfirmation, confirm, confirmLook, type Decision } from './confirm.ts';
import { checkDesign, defaultDesign, lookLevel } from './confirm-design.ts';
import { movedFamilies } from './confirm-family.ts';
import { estimatePairs, type PairedCell } from './confirm-pairs.ts';
import { fixtureCells } from './screen.fixture.ts';
import { screen } from './screen.ts';
import { defaultThreshold } from './threshold.ts';

const off = { kind: 'off', reason: 'not asked for' } as const;

function cell(id: string, differences: readonly number[], part: Partial<PairedCell> = {}): PairedCell {
  return { id, threshold: defaultThreshold, differences, control: off, ...part };
}

/** Pairs of a cell whose true shift is `effect`, normal noise. */
function pairs(seed: string, { effect = 0, noise = 0.03, count = 40 }): number[] {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: count }, () => effect + noise * normal());
}

function decided(cells: readonly PairedCell[], looks = 3): readonly (Decision['kind'] | undefined)[] {
  const decisions = confirm(cells, looks, defaultDesign);
  return cells.map(({ id }) => decisions.get(id)?.kind);
}

describe('the design', () => {
  it('shares alpha over directions and over the looks that may reject', () => {
    expect(lookLevel(defaultDesign)).toBeCloseTo(0.0025, 15);
    expect(lookLevel({ alpha: 0.01, looks: [10, 20, 40, 80] })).toBeCloseTo(0.01 / 6, 15);
  });

  it.each([
    [{ alpha: 0.01, looks: [] }],
    [{ alpha: 0.01, looks: [10] }],
    [{ alpha: 0.01, looks: [20, 20] }],
    [{ alpha: 0.01, looks: [40, 20] }],
    [{ alpha: 0.01, looks: [1, 20] }],
    [{ alpha: 0.01, looks: [10.5, 20] }],
    [{ alpha: 0, looks: [20] }],
    [{ alpha: Number.NaN, looks: [20] }],
  ])('refuses %j', (design) => {
    expect(() => checkDesign(design)).toThrow(/Give/);
  });

  it('takes its own default', () => {
    expect(checkDesign(defaultDesign)).toBe(defaultDesign);
  });
});

describe('confirm', () => {
  it('flags a slowdown and a speed-up at 20 pairs, not at 10, and clears the rest at 10', () => {
    const cells = [
      cell('slow', pairs('slow', { effect: 0.12 })),
      cell('fast', pairs('fast', { effect: -0.12 })),
      cell('same', pairs('same', {})),
    ];
    expect(decided(cells, 1)).toEqual(['open', 'open', 'cleared']);
    expect(decided(cells, 2)).toEqual(['regression', 'improvement', 'cleared']);
    expect(decided(cells, 0)).toEqual([undefined, undefined, undefined]);
  });

  it('does not flag below the margin, however sure it is', () => {
    expect(decided([cell('small', pairs('small', { effect: 0.03, noise: 0.005 }))])).toEqual(['cleared']);
    const wide = { target: 0.3, margin: 0.2 };
    expect(decided([cell('allowed', pairs('allowed', { effect: 0.12 }), { threshold: wide })])).toEqual(['cleared']);
  });

  it('is Holm over all suspects: the p of one is multiplied by their number', () => {
    const [alone] = [...confirm([cell('slow', pairs('slow', { effect: 0.12 }))], 2, defaultDesign).values()];
    const others = Array.from({ length: 9 }, (_, index) => cell(`other ${index}`, pairs(`other ${index}`, {})));
    const among = confirm([cell('slow', pairs('slow', { effect: 0.12 })), ...others], 2, defaultDesign).get('slow');
    if (alone?.kind !== 'regression' || among?.kind !== 'regression') throw new Error('not flagged');
    expect(among.p / alone.p).toBeCloseTo(10, 9);
  });

  it('decides look by look what it decides at once, whatever is measured after a suspect stopped', () => {
    const cells = Array.from({ length: 6 }, (_, index) => cell(`${index}`, pairs(`looks ${index}`, { effect: 0.03 * index, noise: 0.05 })));
    let before: ReadonlyMap<string, Decision> = new Map();
    for (const [look, needed] of defaultDesign.looks.entries()) {
      const measured = cells.map((each) => {
        const stopped = (before.get(each.id)?.kind ?? 'open') !== 'open';
        return stopped
          ? { ...each, differences: each.differences.slice(0, defaultDesign.looks[look - 1]) }
          : { ...each, differences: each.differences.slice(0, needed) };
      });
      before = confirmLook({ suspects: measured, before, look, design: defaultDesign });
    }
    expect(before).toEqual(confirm(cells, 3, defaultDesign));
  });

  it.each([
    ['no pair', [], '0 of 10 pairs'],
    ['one pair', [0.5], '1 of 10 pairs'],
    ['nine pairs', pairs('nine', { effect: 0.5, count: 9 }), '9 of 10 pairs'],
    ['pairs without any spread', new Array<number>(40).fill(0.5), 'without any spread'],
    ['no number among them', [...pairs('nan', { effect: 0.5, count: 9 }), Number.NaN], 'not a finite number'],
  ])('never decides from %s, and says why', (_, differences, reason) => {
    const cells = [cell('odd', differences), cell('same', pairs('same', {}))];
    const decision = confirm(cells, 1, defaultDesign).get('odd');
    expect(decision?.kind === 'open' && decision.estimate === null && decision.reason).toContain(reason);
    const final = concludeConfirmation(cells, confirm(cells, 3, defaultDesign), defaultDesign).get('odd');
    expect(final).toMatchObject({ kind: 'inconclusive', estimate: null, smallestEffect: null });
  });

  it('concludes nothing of a suspect at which no look was taken', () => {
    const cells = [cell('slow', pairs('slow', { effect: 0.2 }))];
    expect(concludeConfirmation(cells, new Map(), defaultDesign).get('slow')).toMatchObject({
      kind: 'inconclusive',
      reason: 'no look was taken at its pairs',
    });
  });

  it('says of a noisy cell what it could have seen, which is about what it does see', () => {
    const noisy = cell('noisy', pairs('noisy', { effect: 0.06, noise: 0.3 }));
    const final = concludeConfirmation([noisy], confirm([noisy], 3, defaultDesign), defaultDesign).get('noisy');
    if (final?.kind !== 'inconclusive' || final.smallestEffect === null) throw new Error('not inconclusive');
    expect(final.smallestEffect).toBeGreaterThan(0.12);
    expect(final.smallestEffect).toBeLessThan(0.4);
    const effect = Math.log1p(final.smallestEffect);
    const trials = 200;
    const seen = Array.from({ length: trials }, (_, trial) => decided([cell('x', pairs(`mde ${trial}`, { effect, noise: 0.3 }))])).filter(
      ([kind]) => kind === 'regression',
    ).length;
    expect(seen / trials).toBeGreaterThan(0.75);
  });
});

describe('confirm with a control variate', () => {
  const control = pairs('speed', { noise: 0.5 });
  const noisy = (effect: number) => control.map((c, index) => effect + c + (pairs('rest', { noise: 0.02 })[index] ?? 0));

  it('sees through noise that the calibration loop shares, at one degree of freedom', () => {
    const differences = noisy(0.12);
    const on = { kind: 'on', differences: control } as const;
    expect(decided([cell('plain', differences)])).toEqual(['open']);
    expect(decided([cell('controlled', differences, { control: on })])).toEqual(['regression']);
    const [plain, controlled] = [off, on].map((each) => estimatePairs(cell('x', differences, { control: each }), 40));
    if (plain?.kind !== 'estimate' || controlled?.kind !== 'estimate') throw new Error('no estimate');
    expect(controlled.estimate.df).toBe(plain.estimate.df - 1);
    expect(controlled.estimate.error).toBeLessThan(plain.estimate.error / 4);
    expect(controlled.estimate.control).toMatchObject({ kind: 'on' });
    expect(plain.estimate.control).toEqual(off);
  });

  it('does without, and says so, when the loops do not pair up', () => {
    const lost = cell('lost', pairs('same', {}), { control: { kind: 'on', differences: control.slice(0, 9) } });
    const found = estimatePairs(lost, 10);
    expect(found.kind === 'estimate' && found.estimate.control).toMatchObject({
      kind: 'off',
      reason: '10 differences and 9 controls do not pair up',
    });
  });
});

describe('confirm, properties', () => {
  const seeds = fc.nat(1_000_000);
  const drawn = (seed: number) =>
    Array.from({ length: 8 }, (_, index) => {
      const recipe = { effect: [0, 0.05, 0.1, -0.1][index % 4] ?? 0, noise: 0.02 * (1 + (index % 3)) };
      return cell(`${index}`, pairs(`${seed} ${index}`, recipe), {
        control: { kind: 'on', differences: pairs(`loop ${seed} ${index}`, {}) },
      });
    });
  const mirrored: Readonly<Record<string, string>> = { regression: 'improvement', improvement: 'regression' };

  it('does not depend on the order of cells or, within a look, of pairs; turns over with the sides', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const cells = drawn(seed);
        const kinds = decided(cells);
        expect(decided(cells.toReversed()).toReversed()).toEqual(kinds);
        const back = (values: readonly number[]) =>
          [values.slice(0, 10), values.slice(10, 20), values.slice(20)].flatMap((part) => part.toReversed());
        const turned = cells.map((each) => ({
          ...each,
          differences: back(each.differences).map((d) => -d),
          control: { kind: 'on' as const, differences: back(each.control.kind === 'on' ? each.control.differences : []).map((c) => -c) },
        }));
        expect(decided(turned)).toEqual(kinds.map((kind) => mirrored[kind ?? ''] ?? kind));
      }),
      { seed: 41, numRuns: 60 },
    );
  });

  it('is not moved by one more cell without any noise', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(0, 0.3), (seed, shift) => {
        const cells = drawn(seed);
        const more = confirm([...cells, cell('constant', new Array<number>(40).fill(shift))], 3, defaultDesign);
        const without = confirm(cells, 3, defaultDesign);
        for (const { id } of cells) expect(more.get(id)).toEqual(without.get(id));
        expect(more.get('constant')).toMatchObject({ kind: 'open', estimate: null });
      }),
      { seed: 42, numRuns: 30 },
    );
  });
});

describe('movedFamilies', () => {
  it('names the families of which a sentinel was confirmed', () => {
    const screened = screen(fixtureCells({ seed: 'moved' }), { maxSuspects: null, sentinels: true });
    const sentinels = screened.filter((each) => each.status === 'suspect');
    const cells = sentinels.map(({ id, family }) => cell(id, pairs(id, { effect: family === 'odd' ? 0.12 : 0 })));
    expect(movedFamilies(screened, confirm(cells, 3, defaultDesign))).toEqual(['odd']);
    expect(movedFamilies(screened, new Map())).toEqual([]);
  });
});

describe('the comparisons of other shards', () => {
  const cells = [cell('slow', pairs('slow', { effect: 0.12 })), cell('same', pairs('same', {}))];
  const kindAt = (comparisons: number, looks: number) => confirm(cells, looks, { ...defaultDesign, comparisons }).get('slow')?.kind;

  it('change nothing where they are no more than the suspects', () => {
    expect(kindAt(1, 2)).toBe('regression');
    expect(confirm(cells, 3, { ...defaultDesign, comparisons: 1 })).toEqual(confirm(cells, 3, defaultDesign));
  });

  it('keep a cell measured until its flag stands beside all of them', () => {
    expect(kindAt(1e9, 2)).toBe('open');
    expect(kindAt(1e12, 3)).toBe('regression');
    expect(kindAt(1e60, 3)).toBe('open');
  });

  it('flag nothing that the report on all shards would not', () => {
    const others = Array.from({ length: 50 }, (_, index) => cell(`other ${index}`, pairs(`other ${index}`, {})));
    const alone = confirm(cells, 3, { ...defaultDesign, comparisons: 52 });
    const all = confirm([...cells, ...others], 3, defaultDesign);
    for (const [id, { kind }] of alone) if (kind === 'regression') expect(all.get(id)?.kind).toBe('regression');
  });
});
