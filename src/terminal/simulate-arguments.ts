import { UserError } from '../model/user-error.ts';
import type { CommandEntry } from './command-entry.ts';
import { flag, jsonFlag } from './flag.ts';
import { readFlags } from './flags.ts';

/** Pull requests to be simulated and judged. */
export interface SimulateCommand {
  readonly kind: 'simulate';
  /** For each figure, 10 to 100,000. */
  readonly pullRequests: number;
  readonly seed: string;
  /** Of each pull request, 1 to 1000. */
  readonly cells: number;
  /** Kinds of machine as they were named, without repeats; empty for all. */
  readonly scenarios: readonly string[];
  readonly json: boolean;
}

const flags = [
  flag('pull-requests', 'N', 'simulated pull requests for each figure', { fallback: '100' }),
  flag('cells', 'N', 'cells of each of them', { fallback: '100' }),
  flag('scenario', 'LIST', 'kinds of machine: quiet hostedSame hosted hostile', {
    fallback: 'all',
    completes: ['quiet', 'hostedSame', 'hosted', 'hostile'],
  }),
  flag('seed', 'TEXT', 'another text, other draws', { fallback: 'acceptance 1' }),
  jsonFlag,
];

export const simulateEntry: CommandEntry = {
  name: 'simulate',
  operands: '',
  summary: 'how often verdicts are right, simulated',
  details: ['Judges simulated pull requests by the rule that judges real ones, and by those of other tools. Measures nothing.'],
  flags,
  options: [],
  completes: null,
  examples: ['simulate', 'simulate --scenario quiet,hosted --pull-requests 200'],
  read: readSimulate,
};

function readSimulate(rest: readonly string[]): SimulateCommand {
  const given = readFlags('simulate', rest, flags);
  const scenarios = (given['scenario'] ?? '').split(/[\s,]+/).filter((name) => name !== '');
  return {
    kind: 'simulate',
    pullRequests: wholeNumber('pull-requests', given['pull-requests'] ?? '100', { least: 10, most: 100_000 }),
    seed: given['seed'] ?? 'acceptance 1',
    cells: wholeNumber('cells', given['cells'] ?? '100', { least: 1, most: 1000 }),
    scenarios: [...new Set(scenarios)],
    json: given['json'] === 'true',
  };
}

function wholeNumber(name: string, text: string, { least, most }: { readonly least: number; readonly most: number }): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new UserError(`simulate: --${name} is "${text}".`, `Give a whole number from ${least} to ${most}.`);
}
