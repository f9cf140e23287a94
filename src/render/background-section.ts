import { concurrencyModels, modelLabel } from '../model/concurrency-model.ts';
import type { Machine } from '../model/machine.ts';
import type { RuntimeColumn } from '../tables/columns.ts';
import type { LeftOutGroup } from '../tables/left-out.ts';
import type { Report } from '../tables/report.ts';
import { type Block, code, type Line, table, text } from './document.ts';
import { counted } from './names.ts';
import { figureText } from './number.ts';

/** The machine, the runtimes and what repeats this run, folded. */
export function environmentFold(report: Report): Block {
  return { kind: 'fold', summary: 'Environment', blocks: [environmentTable(report)] };
}

/** The most workloads that are named with one reason. */
const namedWorkloads = 6;

/** What was left out on purpose and why, folded; nothing where nothing was. */
export function leftOutBlocks(groups: readonly LeftOutGroup[]): readonly Block[] {
  if (groups.length === 0) return [];
  const rows = groups.map((group): readonly Line[] => [
    leftOutLine(group),
    [text(group.runtimes === null ? group.reason : `${group.reason} (${group.runtimes.join(', ')})`)],
  ]);
  return [{ kind: 'fold', summary: `Left out (${counted(groups.length, 'reason')})`, blocks: [table(['What', 'Why'], rows)] }];
}

function leftOutLine({ entries, cells }: LeftOutGroup): Line {
  if (entries.length > namedWorkloads) return [text(`${counted(cells, 'cell')} of ${entries.length} workloads`)];
  return entries.flatMap(({ workload, models }, index) => [
    ...(index === 0 ? [] : [text('; ')]),
    code(workload),
    text(` ${models.map(modelLabel).join(', ')}`),
  ]);
}

function environmentTable(report: Report): Block {
  const { created, commit, runId, seed, counts, machines, columns } = report;
  const facts: readonly (readonly [string, string])[] = [
    ['Begun', created],
    ['Commit', commit ?? 'none: not a git checkout'],
    ['Run', runId],
    ['Seed', String(seed)],
    [
      'Processes per cell',
      counts.fewestProcesses === counts.mostProcesses
        ? String(counts.mostProcesses)
        : `${counts.fewestProcesses} to ${counts.mostProcesses}`,
    ],
    ...machines.flatMap(machineFacts),
    ...columns.map(runtimeFact),
  ];
  return table(
    ['Fact', 'Value'],
    [...facts.map(([fact, value]): readonly Line[] => [[text(fact)], [text(value === '' ? 'unknown' : value)]]), modelNames],
  );
}

/** The models whose name in a report is not the word that options and workload files take. */
const modelNames: readonly Line[] = [
  [text('Models in options')],
  concurrencyModels
    .filter((model) => modelLabel(model) !== model)
    .flatMap((model, index) => [text(`${index === 0 ? '' : ', '}${modelLabel(model)} is `), code(model)]),
];

function machineFacts(machine: Machine): readonly (readonly [string, string])[] {
  return [
    ['Machine', `${machine.runnerClass}, ${machine.os}, ${machine.arch}, kernel ${machine.kernel}`],
    ['CPU', `${machine.cpuModel}, ${counted(machine.cpus, 'logical CPU')} lent to this run`],
    ['Memory', figureText(machine.memoryBytes, 'B')],
    ['Peers’ Python', machine.peerPython],
  ];
}

function runtimeFact({ label, runtime }: RuntimeColumn): readonly [string, string] {
  const packages = Object.entries(runtime.packages).map(([name, version]) => `${name} ${version}`);
  const gil = runtime.freeThreaded ? 'free-threaded' : 'with GIL';
  return [`Python ${label}`, [runtime.implementation, gil, `build ${runtime.build}`, `from ${runtime.source}`, ...packages].join(', ')];
}
