import { concurrencyModels, modelLabel } from '../model/concurrency-model.ts';
import type { PageCell, PageData } from '../render/html/page-data.ts';
import { verdictWords } from '../render/html/verdict-marks.ts';
import type { Address } from './address.ts';
import { element } from './element.ts';
import { type Select, select } from './select.ts';

/** What cells are filtered by. */
export type Filter = Exclude<keyof Address, 'cell'>;

/** The lists that cells are filtered by. */
export interface CellFilters {
  readonly bar: HTMLElement;
  readonly values: () => Readonly<Record<Filter, string>>;
  readonly set: (values: Readonly<Record<Filter, string>>) => void;
}

/** The lists with all that the cells offer. */
export function cellFilters(data: PageData, onChange: () => void): CellFilters {
  const clear = element('button', { type: 'button', class: 'plain' }, 'Clear filters');
  const refresh = () => {
    clear.hidden = fields.every(([, { value }]) => value() === '');
  };
  const changed = () => {
    refresh();
    onChange();
  };
  const fields = filterFields(data, changed);
  const bar = element(
    'div',
    { class: 'filters', role: 'search', 'aria-label': 'Filter cells' },
    ...fields.map(([, { field }]) => field),
    clear,
  );
  clear.addEventListener('click', () => {
    for (const [, { set }] of fields) set('');
    bar.querySelector('select')?.focus();
    changed();
  });
  refresh();
  return {
    bar,
    values: () => {
      const values = { workload: '', model: '', runtime: '', verdict: '' };
      for (const [name, { value }] of fields) values[name] = value();
      return values;
    },
    set: (values) => {
      for (const [name, { set }] of fields) set(values[name]);
      refresh();
    },
  };
}

type Fields = readonly (readonly [Filter, Select])[];

function filterFields({ cells, runtimes }: PageData, onChange: () => void): Fields {
  const models = new Set(cells.map(({ model }) => model));
  const field = (name: Filter, label: string, all: string, options: readonly (readonly [string, string])[]) =>
    [name, select({ label, options: [['', all], ...options], onChange })] as const;
  return [
    field('verdict', 'Verdict', 'All verdicts', verdictOptions(cells)),
    field(
      'workload',
      'Workload',
      'All workloads',
      [...new Set(cells.map(({ workload }) => workload))].toSorted().map((name) => [name, name]),
    ),
    field(
      'model',
      'Model',
      'All models',
      concurrencyModels.filter((model) => models.has(model)).map((model) => [model, modelLabel(model)]),
    ),
    field(
      'runtime',
      'Python',
      'All Pythons',
      runtimes.map(({ label }) => [label, label]),
    ),
  ];
}

function verdictOptions(cells: readonly PageCell[]): readonly (readonly [string, string])[] {
  const byVerdict = Map.groupBy(cells, ({ verdict }) => verdict);
  return verdictWords.flatMap((word) => {
    const count = byVerdict.get(word)?.length ?? 0;
    return count === 0 ? [] : [[word, `${word} (${count})`] as const];
  });
}

/** Whether a cell is among those that are asked for. */
export function fits(cell: PageCell, { workload, model, runtime, verdict }: Address, { runtimes }: PageData): boolean {
  const is = (wanted: string, value: string | undefined) => wanted === '' || wanted === value;
  return is(workload, cell.workload) && is(model, cell.model) && is(runtime, runtimes[cell.runtime]?.label) && is(verdict, cell.verdict);
}
