import type { Results } from '../model/results.ts';
import type { Run, RunContext } from '../model/run.ts';
import { type FileLine, parseBaselineFile } from './baseline-file.ts';
import type { WrittenLine } from './line-codec.ts';
import { keptRuns } from './store.ts';
import { encodeRun } from './stored-run-codec.ts';
import { distinctParts, oldestFirst } from './stored-runs.ts';

/**
 * The text of a file with more runs in it. Parts that are there already are not added again; of the distinct runs the
 * newest `keep` stay. A line that cannot be read stays as it is, whatever its age.
 *
 * @param runs condensed, of the runtime of the file
 */
export function withRuns(text: string, runs: readonly Results[], keep: number = keptRuns): string {
  const lines = parseBaselineFile(text);
  const stored = lines.flatMap((line) => (line.status === 'run' ? [line.run] : []));
  const distinct = new Set(distinctParts<Run>([...stored, ...runs], (run) => run));
  const added = [...new Set(runs)].filter((run) => distinct.has(run));
  if (added.length === 0) return text;
  const stays = newest([...stored, ...added], keep);
  const kept = lines.filter((line) => line.status !== 'run' || stays.has(line.run.runId));
  return fileText(
    kept,
    added.filter(({ runId }) => stays.has(runId)),
  );
}

/** The text of a file without the lines that `drops` names; without any line left, null. */
export function withoutLines(text: string, drops: (line: FileLine) => boolean): string | null {
  const lines = parseBaselineFile(text);
  const kept = lines.filter((line) => !drops(line));
  if (kept.length === lines.length) return text;
  return kept.some(({ status }) => status !== 'shared') ? fileText(kept, []) : null;
}

function newest(runs: readonly RunContext[], keep: number): ReadonlySet<string> {
  const ids = [...new Set(oldestFirst(runs, (run) => run).map(({ runId }) => runId))];
  return new Set(ids.slice(-keep));
}

/** Lines that no run refers to any more are left out: what a file shares never outgrows its runs. */
function fileText(kept: readonly FileLine[], added: readonly Results[]): string {
  const encoded = added.map(encodeRun);
  const shared = new Map<string, string>();
  const used = usedBy(kept);
  const own = kept.filter((line) => {
    if (line.status !== 'shared') return true;
    if (!used(line.id) && !encoded.some(({ contexts }) => contexts.some(({ id }) => id === line.id))) return false;
    const first = !shared.has(line.id);
    shared.set(line.id, line.text);
    return first;
  });
  const written: WrittenLine[] = [];
  for (const context of encoded.flatMap(({ contexts }) => contexts)) {
    if (!shared.has(context.id)) written.push(context);
    shared.set(context.id, context.text);
  }
  return `${[...own, ...written, ...encoded.map(({ run }) => run)].map((line) => line.text).join('\n')}\n`;
}

/** A line that cannot be read may refer to any that it mentions: once repaired it needs them. */
function usedBy(lines: readonly FileLine[]): (id: string) => boolean {
  const references = new Set(lines.flatMap((line) => (line.status === 'run' ? line.references : [])));
  const damaged = lines.flatMap((line) => (line.status === 'damaged' ? [line.text] : []));
  return (id) => references.has(id) || damaged.some((text) => text.includes(id));
}
