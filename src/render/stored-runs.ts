import type { Report } from '../tables/report.ts';
import type { AgedRun, StoredRunGroup, StoredRunRow } from '../tables/stored-runs.ts';
import { ageText } from './age.ts';
import { type Block, type Inline, type Line, lineBreak, paragraph, table, text } from './document.ts';
import { counted, listed } from './names.ts';

/** The most runs that are named with one reason. */
const namedRuns = 6;

/** The stored runs that this one was compared with, and why others were not; folded, and nothing where none was looked at. */
export function storedRunBlocks({ storedRuns: { used, leftOut }, machines }: Pick<Report, 'storedRuns' | 'machines'>): readonly Block[] {
  if (used.length + leftOut.length === 0) return [];
  const leftOutRuns = new Set(
    leftOut.flatMap(({ runs }) => runs.map(({ runId }) => runId)).filter((run) => used.every(({ runId }) => runId !== run)),
  );
  const counts = [`${used.length} used`, ...(leftOutRuns.size === 0 ? [] : [`${leftOutRuns.size} left out`])];
  const here = machines.map(({ cpuModel, runnerClass }) => `${cpuModel}, ${runnerClass}`);
  const blocks = [
    paragraph(text(`Runs of the base branch up to what this run was made from. This run is on ${listed([...new Set(here)])}.`)),
    ...(used.length === 0 ? [] : [usedTable(used)]),
    ...(leftOut.length === 0 ? [] : [table(['Left out, because it', 'Stored runs'], leftOut.map(groupRow))]),
  ];
  return [{ kind: 'fold', summary: `Stored runs (${counts.join(', ')})`, blocks }];
}

/** The first seven digits, as git shortens an id. */
export function shortCommit(commit: string): string {
  return commit.slice(0, 7);
}

function usedTable(runs: readonly StoredRunRow[]): Block {
  const knowsRuntimes = runs.some(({ runtimes }) => runtimes.length > 0);
  const rows = runs.map((run) => [
    [text(nameOf(run))],
    [text(ageText(run.ageSeconds))],
    [text([run.cpuModel, ...run.runnerClasses].join(', '))],
    ...(knowsRuntimes ? [[text(run.runtimes.length === 0 ? '–' : run.runtimes.join(', '))]] : []),
  ]);
  return table(['Commit', 'Age', 'Machine', ...(knowsRuntimes ? ['Compared on'] : [])], rows);
}

function groupRow({ reason, runtimes, runs }: StoredRunGroup): readonly Line[] {
  const rest = runs.length - namedRuns;
  const names = runs.slice(0, namedRuns).map((run) => `${nameOf(run)} (${ageText(run.ageSeconds)})`);
  const more: readonly Inline[] = rest > 0 ? [lineBreak, text(`and ${rest} more`)] : [];
  return [
    [text(runtimes === null ? reason : `${reason} (${runtimes.join(', ')})`)],
    [text(`${counted(runs.length, 'run')}: ${names.join(', ')}`), ...more],
  ];
}

function nameOf({ commit, runId }: AgedRun): string {
  return commit === null ? `run ${runId}` : shortCommit(commit);
}
