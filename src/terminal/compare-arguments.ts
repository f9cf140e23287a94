import { shareFrom } from '../model/share.ts';
import { UserError } from '../model/user-error.ts';
import type { CommandEntry } from './command-entry.ts';
import { flag, jsonFlag } from './flag.ts';
import { parseFlags } from './flags.ts';

/** Two results files to be compared. */
export interface CompareCommand {
  readonly kind: 'compare';
  readonly base: string;
  readonly head: string;
  /** Level of each comparison, in (0, 1). */
  readonly alpha: number;
  readonly json: boolean;
}

const flags = [flag('alpha', 'SHARE', 'level of each comparison', { fallback: '5%' }), jsonFlag];

export const compareEntry: CommandEntry = {
  name: 'compare',
  operands: 'BASE HEAD',
  summary: 'compare two results files',
  details: ['Reads what run and measure wrote, from any two machines, and files of pyperf on either side; measures nothing.'],
  flags,
  options: [],
  completes: 'file',
  examples: ['compare before.json after.json', 'compare before.json after.json --alpha 1% --json'],
  read: readCompare,
};

function readCompare(rest: readonly string[]): CompareCommand {
  const { values, positionals } = parseFlags('compare', rest, flags);
  const [base, head, ...more] = positionals;
  if (base === undefined || head === undefined || more.length > 0) {
    throw new UserError(
      `compare takes two results files, ${positionals.length} given.`,
      'Write: concurrency-regressions compare BASE.json HEAD.json',
    );
  }
  const alpha = shareFrom(values['alpha'] ?? '5%') ?? Number.NaN;
  if (alpha > 0 && alpha < 1) return { kind: 'compare', base, head, alpha, json: values['json'] === 'true' };
  throw new UserError(`compare: --alpha is "${values['alpha']}".`, 'Give a share above 0% and below 100%, such as 5% or 0.05.');
}
