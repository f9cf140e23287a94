import { trimmedMean } from '../../src/stats/trimmed-t.ts';
import type { RecordedCell } from './cells.ts';

/** The slowdown that is planted, as a share: 0.1 is 10 %. */
export const plantedShare = 0.1;

/** Turns of the calibration loop of `workloads/worker/concurrency_worker/calibration.py`. A test compares the two. */
export const loopTurns = 80_000;

/** Extra work of a copy: thousandths of a turn of the calibration loop for each unit of work, a whole number >= 0. */
export type MilliTurns = number;

/** Digits of an amount in the source, so that every copy of a workload has the same length. */
const digits = 12;

/** Fewest turns at once: a loop of two or three costs more than so many turns of a long one. */
const turnsAtOnce = 64;

/** Bounds of the one correction, as a factor. */
const correction = { least: 0.5, most: 3 } as const;

/** How many standard errors a checked slowdown must be off before it is corrected: noise is not. */
const correctedFrom = 2.5;

/** What base processes of a cell said of its cost. */
export interface CellCost {
  /** Seconds of one unit by the gate metric, > 0. */
  readonly secondsPerUnit: number;
  /** Seconds of the calibration loop in the same processes, > 0. */
  readonly loopSeconds: number;
  /** Processors that share the units, >= 1. */
  readonly lanes: number;
}

/**
 * The extra work of a unit that takes `plantedShare` of its seconds, in the calibration loop's own speed: what slows
 * the machine slows it too, as it slows a real regression. Where processors share the units, each has that much more of it.
 */
export function amountFor({ secondsPerUnit, loopSeconds, lanes }: CellCost): MilliTurns {
  return Math.round((plantedShare * secondsPerUnit * lanes * loopTurns * 1000) / loopSeconds);
}

/**
 * The amount after one look at pairs that were slowed by it: scaled to the aimed share where these differ from it by
 * more than noise explains, else left alone.
 *
 * @param differences ln(slowed) - ln(base) of the checked pairs
 */
export function correctedAmount(amount: MilliTurns, differences: readonly number[]): MilliTurns {
  const seen = trimmedMean(differences);
  if (seen.kind === 'none') return amount;
  if (Math.abs(seen.value - Math.log1p(plantedShare)) <= correctedFrom * seen.error) return amount;
  const factor = plantedShare / Math.max(Math.expm1(seen.value), plantedShare / correction.most);
  return Math.round(amount * Math.max(correction.least, factor));
}

/** Which functions of a workload file a model runs through, from the source of the file. */
export function plantedFunction(source: string, { workload, model }: Pick<RecordedCell, 'workload' | 'model'>): string {
  const written = model === 'uvloop' ? ['run_uvloop', 'run_asyncio'] : [`run_${model}`];
  const candidates = [...written, model === 'asyncio' || model === 'uvloop' ? 'unit_async' : 'unit'];
  const found = candidates.find((name) => new RegExp(`^(?:async )?def ${name}\\(`, 'm').test(source));
  if (found === undefined) throw new RangeError(`${workload}.py defines none of ${candidates.join(', ')}`);
  return found;
}

/**
 * The source of a workload with extra work in the function that a model runs through: in every unit of `unit` and
 * `unit_async`, or every few units where it is little; at the beginning of a value of a written `run_…`. As long for
 * every amount, 0 included.
 *
 * @throws RangeError for an amount that is no whole number or too long
 */
export function plantedSource(source: string, { name, amount }: { readonly name: string; readonly amount: MilliTurns }): string {
  const text = String(amount).padStart(digits, '0');
  if (!Number.isInteger(amount) || amount < 0 || text.length > digits) throw new RangeError(`${amount} is no amount of extra work`);
  const isAsync = source.includes(`\nasync def ${name}(`);
  const [define, call] = isAsync ? ['async def', 'await '] : ['def', ''];
  const [parameters, turns] = name.startsWith('unit')
    ? ['work, i', '_planted_until(i + 1) - _planted_until(i)']
    : ['work', 'units(work) * _planted_amount // 1000'];
  return `${source.trimEnd()}


# Extra work: turns of the worker's calibration loop, in thousandths of a turn a unit.
_planted_amount = int("${text}")
_planted_every = int("${String(unitsAtOnce(amount)).padStart(digits, '0')}")
_planted_${name} = ${name}


def _planted_work(turns):
    state = 1
    # From the middle of the calibration loop: Python keeps small numbers ready, and turns over them cost less.
    for turn in range(40_000, 40_000 + turns):
        state = (state * 1103515245 + turn) & 0x7FFFFFFF


def _planted_until(i):
    return i // _planted_every * _planted_every * _planted_amount // 1000


${define} ${name}(${parameters}):
    _planted_work(${turns})
    return ${call}_planted_${name}(${parameters})
`;
}

/** How many units share one piece of extra work. */
function unitsAtOnce(amount: MilliTurns): number {
  return amount === 0 ? 1 : Math.ceil((turnsAtOnce * 1000) / amount);
}
