/**
 * How the verdicts do on real pairs of this machine: records null pairs and pairs with a planted slowdown of 10 %, draws
 * pull requests from the record, and runs comparisons live. Writes bench/real/*.jsonl and docs/real.md.
 *
 *   npm run bench:real                          all of it, about an hour; goes on where it was stopped
 *   npm run bench:real -- record [--cells a/b,c/d] [--null 60] [--planted 40] [--python 3.13] [--seed 1]
 *   npm run bench:real -- live [--python 3.13] [--each 5] [--command run|pairs] [--program dist/cli.mjs]
 *   npm run bench:real -- table [--pull-requests 1000]
 *
 * Use it on a machine that does nothing else. --record-file, --live-file and --document name other files.
 */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { UserError } from '../src/model/user-error.ts';
import { progressOn } from '../src/pipeline/progress.ts';
import { cellsNamed } from './real/cells.ts';
import { compareLive } from './real/live.ts';
import { newestPython } from './real/ready.ts';
import { recordPairs } from './real/recorder.ts';
import { writeTable } from './real/table.ts';

const root = join(import.meta.dirname, '..');
const control = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => control.abort());

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cells: { type: 'string', default: '' },
    null: { type: 'string', default: '60' },
    planted: { type: 'string', default: '40' },
    python: { type: 'string' },
    seed: { type: 'string', default: '1' },
    'pull-requests': { type: 'string', default: '1000' },
    each: { type: 'string', default: '5' },
    command: { type: 'string', default: 'run' },
    program: { type: 'string', default: join(root, 'dist', 'cli.mjs') },
    'record-file': { type: 'string', default: join(root, 'bench', 'real', 'record.jsonl') },
    'live-file': { type: 'string', default: join(root, 'bench', 'real', 'live.jsonl') },
    document: { type: 'string', default: join(root, 'docs', 'real.md') },
  },
});

const whole = (name: 'null' | 'planted' | 'seed' | 'pull-requests' | 'each') => {
  const number = Number(values[name]);
  if (!Number.isInteger(number) || number < 0) throw new UserError(`--${name} is ${values[name]}.`, 'Give a whole number from 0 up.');
  return number;
};

async function record(): Promise<void> {
  const end = await recordPairs({
    root,
    path: resolve(values['record-file']),
    cells: cellsNamed(values.cells.split(',').filter((name) => name !== '')),
    counts: { null: whole('null'), planted: whole('planted') },
    seed: whole('seed'),
    python: values.python ?? null,
    progress: progressOn(process.stderr),
    signal: control.signal,
  });
  console.error(end === 'complete' ? `Recorded: ${values['record-file']}` : 'Interrupted; start the command again to go on.');
  if (end === 'interrupted') process.exitCode = 130;
}

async function live(): Promise<void> {
  const { command } = values;
  if (command !== 'run' && command !== 'pairs') throw new UserError(`--command is ${command}.`, 'Give run or pairs.');
  await compareLive({
    path: resolve(values['live-file']),
    program: resolve(values.program),
    command,
    python: values.python ?? (await newestPython(root, control.signal)),
    seed: whole('seed'),
    each: whole('each'),
    note: (text) => console.error(text),
    signal: control.signal,
  });
}

async function table(): Promise<void> {
  const [record, live] = [resolve(values['record-file']), resolve(values['live-file'])];
  const document = resolve(values.document);
  console.log(await writeTable({ record, live, document, draws: whole('pull-requests'), seed: whole('seed') }));
}

const steps: Readonly<Record<string, () => Promise<void>>> = { record, live, table };

try {
  const asked = positionals.length === 0 ? Object.keys(steps) : positionals;
  for (const step of asked) {
    const run = steps[step];
    if (run === undefined) throw new UserError(`There is no step "${step}".`, `The steps are ${Object.keys(steps).join(', ')}.`);
    if (!control.signal.aborted) await run();
  }
} catch (error) {
  if (!(error instanceof UserError) && !control.signal.aborted) throw error;
  console.error(control.signal.aborted ? 'Interrupted; start the command again to go on.' : (error as UserError).message);
  process.exitCode = control.signal.aborted ? 130 : 2;
}
