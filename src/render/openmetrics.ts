import { evidenceOf } from '../judge/cell-verdict.ts';
import { type Metric, registeredMetric, type Unit } from '../model/metric.ts';
import { type ListedFigure, listFigures } from '../tables/figure-list.ts';
import type { Report } from '../tables/report.ts';
import type { Exported } from './exported.ts';

/** The unit of a family, which is the end of its name too; a count has none. */
const units: Readonly<Record<Unit, string>> = { s: 'seconds', B: 'bytes', ratio: 'ratio', count: '' };

/** Metrics of one name. */
interface Family {
  readonly name: string;
  readonly unit: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/**
 * OpenMetrics 1.0 text, which a textfile collector of Prometheus reads too: only gauges, in base units, without timestamps.
 * A family for each metric, one for each unit of workloads' own metrics, then changes, verdicts, broken cells and the run.
 */
export function renderOpenMetrics(report: Report): Exported {
  const families = [...figureFamilies(listFigures(report).figures), ...verdictFamilies(report), runFamily(report)];
  return {
    text: `${families
      .filter(({ samples }) => samples.length > 0)
      .flatMap(familyLines)
      .join('\n')}\n# EOF\n`,
    omitted: [],
  };
}

function figureFamilies(figures: readonly ListedFigure[]): readonly Family[] {
  const groups = Map.groupBy(figures, ({ metric }) => familyName(metric));
  return [...groups].flatMap(([name, group]): readonly Family[] => {
    const [first] = group;
    return first === undefined
      ? []
      : [{ name, unit: units[first.metric.unit], help: helpOf(first.metric), samples: group.map(figureSample) }];
  });
}

/** Ids of workloads' own metrics may hold anything: they are a label, under one name for each unit. */
function familyName({ id, unit }: Metric): string {
  const stem = registeredMetric(id) === undefined ? 'concurrency_workload_metric' : `concurrency_${id}`;
  return named(stem, units[unit]);
}

function named(stem: string, unit: string): string {
  return unit === '' ? stem : `${stem}_${unit}`;
}

function helpOf({ id, label }: Metric): string {
  const words = registeredMetric(id) === undefined ? 'A metric that a workload reports itself' : label;
  return `${words}, the median over processes.`;
}

function figureSample({ cell, label, metric, median, isGate }: ListedFigure): Sample {
  const own = registeredMetric(metric.id) === undefined ? { metric: metric.id } : {};
  return { labels: { ...cellLabels(cell, label), ...own, judged_by: String(isGate) }, value: median };
}

function cellLabels({ workload, params, model }: ListedFigure['cell'], label: string) {
  return { workload, params, model, runtime: label };
}

function verdictFamilies({ verdicts, columns }: Report): readonly Family[] {
  const labels = new Map(columns.map(({ runtime, label }) => [runtime.id, label]));
  const rows = verdicts.rows.map((row) => ({ row, labels: cellLabels(row.cell, labels.get(row.cell.runtime) ?? row.cell.runtime) }));
  const changes = rows.flatMap(({ row: { verdict }, labels: place }): readonly Sample[] => {
    const evidence = evidenceOf(verdict);
    if (evidence === null) return [];
    const { value, bounds } = evidence.ratio;
    const ends =
      bounds.kind === 'interval'
        ? ([
            ['low', bounds.low],
            ['high', bounds.high],
          ] as const)
        : [];
    return [['estimate', value] as const, ...ends].map(([bound, each]) => ({ labels: { ...place, bound }, value: each }));
  });
  const said = rows.map(({ row: { verdict }, labels: place }) => ({ labels: { ...place, verdict: verdict.verdict }, value: 1 }));
  return [
    { name: 'concurrency_change_ratio', unit: 'ratio', help: 'Head over base, with the ends of its 95 % interval.', samples: changes },
    { name: 'concurrency_verdict', unit: '', help: 'The one verdict of each cell, as a label of a 1.', samples: said },
  ];
}

function runFamily({ created, commit, runId, gate }: Report): Family {
  const labels = { commit: commit ?? '', run: runId, conclusion: gate.conclusion };
  const help = 'When the run began, in seconds since 1970.';
  return { name: 'concurrency_run_timestamp_seconds', unit: 'seconds', help, samples: [{ labels, value: Date.parse(created) / 1000 }] };
}

function familyLines({ name, unit, help, samples }: Family): readonly string[] {
  const described = [`# TYPE ${name} gauge`, ...(unit === '' ? [] : [`# UNIT ${name} ${unit}`]), `# HELP ${name} ${escaped(help)}`];
  return [...described, ...samples.map((sample) => `${name}${labelSet(sample)} ${sample.value}`)];
}

function labelSet({ labels }: Sample): string {
  return `{${Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value.toWellFormed())}"`)
    .join(',')}}`;
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
