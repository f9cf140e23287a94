import { modelLabel } from '../../model/concurrency-model.ts';
import { type RuntimeColumn, runtimeColumns } from '../../tables/columns.ts';
import type { TrendLine, TrendPanel, TrendShift, WorkloadTrend } from '../../tables/trend.ts';
import type { TrendRun } from '../../tables/trend-choice.ts';
import { counted, labelOf } from '../names.ts';
import { changeText, figureText, percentText } from '../number.ts';
import { shortCommit } from '../stored-runs.ts';

/** The first and the last level of a line on the CPU model of its panel; null where there are no two. */
export interface TrendEnds {
  readonly first: number | null;
  readonly last: number | null;
}

/** The levels that a line joins: measured, and on the CPU model of the panel. */
export function joinedLevels({ levels }: TrendLine, { runs, cpuModel }: Pick<TrendPanel, 'runs' | 'cpuModel'>): readonly (number | null)[] {
  return levels.map((level, place) => (typeof level === 'number' && runs[place]?.cpuModel === cpuModel ? level : null));
}

/** Where a line begins and ends. */
export function trendEnds(line: TrendLine, panel: TrendPanel): TrendEnds {
  const levels = joinedLevels(line, panel).filter((level) => level !== null);
  return { first: levels[0] ?? null, last: levels.at(-1) ?? null };
}

/** "+6.1 %", or a dash where there is no quotient. */
export function sinceFirstText({ first, last }: TrendEnds): string {
  return first === null || last === null || first <= 0 || last <= 0 ? '–' : percentText(last / first);
}

/** The figure of the newest run, or a dash. */
export function newestText({ last }: TrendEnds, { metric }: TrendLine): string {
  return last === null ? '–' : figureText(last, metric.unit);
}

/** "Python 3.13.0t". */
export function panelTitle({ runtime }: TrendPanel, trend: WorkloadTrend): string {
  return `Python ${labelOf({ runtime: runtime.id }, panelColumns(trend))}`;
}

function panelColumns({ panels }: WorkloadTrend): readonly RuntimeColumn[] {
  return runtimeColumns([...new Map(panels.map(({ runtime }) => [runtime.id, runtime])).values()]);
}

/** "24 runs on github-hosted ubuntu24, 4 CPUs, AMD EPYC 7763". */
export function panelPlace({ machine: { runnerClass, arch, cpus }, cpuModel, runs }: TrendPanel): string {
  return `${counted(runs.length, 'run')} on ${runnerClass}, ${arch}, ${counted(cpus, 'CPU')}, ${cpuModel}`;
}

/** "1717171", or the day of a run outside a checkout. */
export function runLabel({ commit, created }: TrendRun): string {
  return commit === null ? created.slice(0, 10) : shortCommit(commit);
}

/** "2026-10-24 12:00 UTC, commit 1717171". */
export function momentText({ created, commit, run }: TrendRun): string {
  const moment = `${created.slice(0, 10)} ${created.slice(11, 16)} UTC`;
  return commit === null ? `${moment}, run ${run}` : `${moment}, commit ${shortCommit(commit)}`;
}

/** "slower by 6.0 % since 0c0c0c0, accepted". */
export function shiftWords({ ratio, at, accepted }: TrendShift, { metric }: TrendLine, { runs }: TrendPanel): string {
  const run = runs[at];
  const since = run === undefined ? '' : ` since ${runLabel(run)}`;
  return `${changeText(ratio, metric)}${since}${accepted === null ? '' : ', accepted'}`;
}

/** A line in words, for who does not see it: "asyncio: 9.12 µs to 9.81 µs (+6.1 %), slower by 6.0 % since 0c0c0c0". */
export function lineWords(line: TrendLine, panel: TrendPanel): string {
  const ends = trendEnds(line, panel);
  const { first, last } = ends;
  const figures =
    first === null || last === null
      ? 'not measured'
      : `${figureText(first, line.metric.unit)} to ${figureText(last, line.metric.unit)} (${sinceFirstText(ends)})`;
  const broken = line.levels.filter((level) => level === 'broken').length;
  return [
    `${modelLabel(line.model)}: ${figures}`,
    ...line.shifts.map((shift) => shiftWords(shift, line, panel)),
    ...(broken === 0 ? [] : [`broken in ${counted(broken, 'run')}`]),
  ].join(', ');
}

/** "fan_out", or "fan_out n=1000". */
export function trendTitle({ workload, params }: Pick<WorkloadTrend, 'workload' | 'params'>): string {
  return params === '' ? workload : `${workload} ${params}`;
}
