/**
 * Writes what the branch of null runs shows, a page and a badge, and a copy of the record that they are made from.
 *
 *   node scripts/null-runs.ts RECORD FOLDER
 */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readNullRuns } from '../src/baseline/null-run-file.ts';
import { falseAlarmRate } from '../src/judge/false-alarm-rate.ts';
import type { NullRun } from '../src/model/null-run.ts';
import { shareText } from '../src/render/number.ts';

/** The page in Markdown: the rate, and the runs by month, newest first. Runs that could judge no cell say nothing of it and are left out. */
export function nullRunPage(all: readonly NullRun[]): string {
  const runs = all.filter(judgedAny);
  const { flagged, atMost } = falseAlarmRate(runs);
  const months = Object.entries(Object.groupBy(runs, ({ created }) => created.slice(0, 7))).toSorted(([a], [b]) => b.localeCompare(a));
  const rows = months.map(([month, own = []]) => `| ${[month, ...monthFigures(own)].join(' | ')} |`);
  return `# Observed false alarms

A null run measures a tree against itself, so that every flag in it is a false alarm. One in a hundred may show any flag (\`alpha\`).
Of the last ${runs.length} null runs ${flagged} showed one, which leaves a rate of at most ${shareText(atMost)} possible (95 %).

| month | null runs | with a false alarm | cells judged | cells flagged |
| --- | ---: | ---: | ---: | ---: |
${rows.join('\n')}

Made by the workflow null-run from null-runs.jsonl.
`;
}

function judgedAny({ cells }: NullRun): boolean {
  return cells > 0;
}

function monthFigures(runs: readonly NullRun[]): readonly number[] {
  const sum = (figure: (run: NullRun) => number) => runs.reduce((total, run) => total + figure(run), 0);
  return [runs.length, runs.filter(({ flagged }) => flagged > 0).length, sum(({ cells }) => cells), sum(({ flagged }) => flagged)];
}

/** What shields.io reads from an endpoint, of the same runs. */
export function nullRunBadge(all: readonly NullRun[]): string {
  const runs = all.filter(judgedAny);
  const { flagged } = falseAlarmRate(runs);
  const badge = { schemaVersion: 1, label: 'false alarms', message: `${flagged} of ${runs.length} null runs`, color: 'informational' };
  return `${JSON.stringify(badge)}\n`;
}

if (import.meta.main) {
  const [record, folder] = process.argv.slice(2);
  if (record === undefined || folder === undefined) throw new Error('usage: node scripts/null-runs.ts RECORD FOLDER');
  const runs = await readNullRuns(record);
  const page = nullRunPage(runs);
  mkdirSync(folder, { recursive: true });
  copyFileSync(record, join(folder, 'null-runs.jsonl'));
  writeFileSync(join(folder, 'badge.json'), nullRunBadge(runs));
  writeFileSync(join(folder, 'README.md'), page);
  process.stdout.write(page);
}
