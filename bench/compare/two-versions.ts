import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { UserError } from '../../src/model/user-error.ts';

/** What is measured on the two sides. */
export interface TwoVersions {
  /** Flags of `measure` for one side each: "--python-version 3.12". */
  readonly base: string;
  readonly head: string;
  readonly workloads: string;
  readonly processes: number;
  readonly values: number;
}

/** Where the program is, where it may write, and where the record goes when both sides are there. */
export interface MeasurePlaces {
  readonly root: string;
  readonly scratch: string;
  readonly record: string;
}

/** Longer than any side should take, so that no side is cut short by the default budget. */
const budget = '30m';

/** Measures base, then head, by the program itself; returns the paths of the two results. One seed: both have one order. */
export async function measureTwoVersions(
  versions: TwoVersions,
  { root, scratch, record }: MeasurePlaces,
): Promise<{ readonly base: string; readonly head: string }> {
  const [base, head] = [join(scratch, 'base.jsonl'), join(scratch, 'head.jsonl')];
  await measureSide(versions, 'base', { root, path: base });
  await measureSide(versions, 'head', { root, path: head });
  mkdirSync(record, { recursive: true });
  const kept = { base: join(record, 'base.jsonl'), head: join(record, 'head.jsonl') };
  copyFileSync(base, kept.base);
  copyFileSync(head, kept.head);
  return kept;
}

/** A side with a broken cell ends with 1 and is a side all the same: the comparison names the cell. */
async function measureSide(versions: TwoVersions, side: 'base' | 'head', { root, path }: { readonly root: string; readonly path: string }) {
  const { workloads, processes, values } = versions;
  const own = versions[side].split(/\s+/).filter((flag) => flag !== '');
  const common = ['--workloads', workloads, '--processes', String(processes), '--values', String(values), '--seed', '1'];
  const files = ['--time-budget', budget, '--results', path];
  const { exitCode } = await execa(process.execPath, [programOf(root), 'measure', ...own, ...common, ...files], {
    cwd: root,
    stdout: 'ignore',
    stderr: 'inherit',
    reject: false,
  });
  if ((exitCode === 0 || exitCode === 1) && existsSync(path)) return;
  throw new UserError(
    `Measuring ${side} (${versions[side]}) ended with exit code ${exitCode}.`,
    'Choose versions that are at hand (concurrency-regressions doctor shows them) and workloads that run on both.',
  );
}

/** The built program, or its source where nothing is built. */
function programOf(root: string): string {
  const built = join(root, 'dist', 'cli.mjs');
  return existsSync(built) ? built : join(root, 'src', 'cli.ts');
}
