import type { Flag } from './flag.ts';
import { ofTheAction, optionFlags, optionsNamed } from './option-flags.ts';

const places = ['working-directory', 'config'] as const;
const pythons = ['python-version', 'uvloop-version', 'python-install'] as const;
const store = ['baseline-store', 'baseline-branch', 'baseline-path'] as const;
const thresholds = ['target', 'margin', 'alpha', 'thresholds'] as const;

/** The options of the action that a measuring command makes use of, by its name. */
export const measuringOptions = {
  run: optionsBut('max-shards'),
  plan: optionsNamed('workloads', 'models', ...pythons, ...store, 'time-budget', 'processes', 'max-shards', ...places),
  measure: optionsBut('max-shards', 'trend-charts', 'warn-on', 'report-path', 'html-report-path', 'exports'),
  report: optionsNamed(
    ...['compare', 'base-ref', 'null-run', ...store, 'trend-charts', 'confirm-pairs', 'max-suspects'],
    ...[...thresholds, 'fail-on', 'warn-on', 'results', 'report-path', 'html-report-path', 'exports', ...places],
  ),
  pairs: optionsNamed(
    ...['workloads', 'models', ...pythons, 'install', 'time-budget', 'timeout', 'values', 'confirm-pairs', 'seed'],
    ...[...thresholds, 'fail-on', 'warn-on', ...places],
  ),
  'check-workload': optionsNamed('models', ...pythons, 'install', 'time-budget', 'timeout', 'seed', ...places),
  doctor: optionsNamed('python-version', 'uvloop-version', 'time-budget', 'timeout', 'values', 'seed', ...places),
} as const satisfies Readonly<Record<string, readonly Flag[]>>;

function optionsBut(...names: readonly string[]): readonly Flag[] {
  return optionFlags.filter(({ name }) => !names.includes(name) && !ofTheAction.includes(name));
}
