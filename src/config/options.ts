import { z } from 'zod';
import { type ConcurrencyModel, concurrencyModels, isConcurrencyModel } from '../model/concurrency-model.ts';
import type { ThresholdRule } from '../model/threshold-rule.ts';
import { UserError } from '../model/user-error.ts';
import { baseRef } from './base-ref.ts';
import { duration } from './duration.ts';
import { exportFormatList } from './export-formats.ts';
import { gateWordList } from './gate-words.ts';
import { itemsOf, list } from './list.ts';
import { shardInput } from './shard.ts';
import { share, shareAboveZero } from './share.ts';
import { belowTarget, thresholdRules, unreachableMargin } from './threshold-rules.ts';
import { wholeNumber } from './whole-number.ts';

/** What one step does: everything, or its part in a workflow of several jobs. */
const modes = ['all', 'plan', 'measure', 'report'] as const;

/** The name of every option, as inputs of the action, keys of the config file and flags of the terminal spell it. */
export const optionNames = [
  'mode',
  'name',
  'shard',
  'max-shards',
  'workloads',
  'models',
  'python-version',
  'uvloop-version',
  'python-install',
  'working-directory',
  'config',
  'install',
  'compare',
  'base-ref',
  'null-run',
  'results',
  'baseline-store',
  'baseline-branch',
  'baseline-path',
  'trend-charts',
  'time-budget',
  'timeout',
  'processes',
  'values',
  'confirm-pairs',
  'max-suspects',
  'seed',
  'target',
  'margin',
  'alpha',
  'thresholds',
  'fail-on',
  'warn-on',
  'comment',
  'check-run',
  'override-label',
  'job-summary',
  'report-path',
  'html-report-path',
  'exports',
  'github-token',
] as const;

/** One of {@link optionNames}. */
export type OptionName = (typeof optionNames)[number];

/** The options that are flags of the terminal: all but the token, which other users of a machine could read there. */
export const flagNames: readonly OptionName[] = optionNames.filter((name) => name !== 'github-token');

/** Options as they were given: text from inputs and flags, typed values from the config file. */
export type GivenOptions = Readonly<Partial<Record<OptionName, unknown>>>;

const flag = z.preprocess((given) => (given === 'true' ? true : given === 'false' ? false : given), z.boolean('is neither true nor false'));

const models = list.transform((given, context): readonly ConcurrencyModel[] => {
  const chosen = given.filter(isConcurrencyModel);
  const unknown = given.filter((name) => !isConcurrencyModel(name));
  if (unknown.length > 0) {
    context.addIssue(`"${unknown.join('", "')}" is not a concurrency model; choose from ${concurrencyModels.join(', ')}`);
  }
  return chosen.length === 0 ? concurrencyModels : chosen;
});

const looksMessage = 'is not a list of whole numbers of pairs from 2 to 10000, such as 10,20,40';
const looks = z.preprocess(
  itemsOf,
  z
    .array(z.coerce.number(looksMessage).int(looksMessage).min(2, looksMessage).max(10_000, looksMessage), looksMessage)
    .min(1, looksMessage),
);

const installMessage = 'is not a shell command such as "pip install ."';

/** The smallest change that is flagged where nothing is said: half of a target that is not above it. */
const defaultMargin = 0.05;

const eachOption = z.strictObject({
  mode: z.enum(modes, `is none of ${modes.join(', ')}`).default('all'),
  name: z.string().min(1).max(100).default('concurrency'),
  shard: shardInput.optional(),
  'max-shards': wholeNumber(1, 256).default(20),
  workloads: list.default(['core']),
  models: models.default(concurrencyModels),
  'python-version': list.default([]),
  'uvloop-version': list.default(['latest']),
  'python-install': z.enum(['never', 'missing'], 'is neither never nor missing').default('never'),
  'working-directory': z.string().min(1).default('.'),
  config: z.string().min(1).default('.github/concurrency.yml'),
  install: z
    .string(installMessage)
    .trim()
    .min(1, installMessage)
    .regex(/^[^\0]*$/, 'holds a null character')
    .optional(),
  compare: z.enum(['auto', 'baseline', 'pairs'], 'is none of auto, baseline and pairs').default('auto'),
  'base-ref': baseRef.optional(),
  'null-run': flag.default(false),
  results: list.default(['.concurrency-regressions/results.json']),
  'baseline-store': z.enum(['branch', 'file'], 'is neither branch nor file').optional(),
  'baseline-branch': z.string().min(1).max(200).default('concurrency-baselines'),
  'baseline-path': z.string().min(1).default('.concurrency-regressions/baseline'),
  'trend-charts': flag.default(true),
  'time-budget': duration.optional(),
  timeout: duration.default(60),
  processes: wholeNumber(1, 1000).default(5),
  values: wholeNumber(1, 100).default(5),
  'confirm-pairs': looks.default([10, 20, 40]),
  'max-suspects': wholeNumber(1, 100_000).optional(),
  seed: wholeNumber(0, 4_294_967_295).optional(),
  target: shareAboveZero.default(0.1),
  margin: share.optional(),
  alpha: shareAboveZero.default(0.01),
  thresholds: thresholdRules.default([]),
  'fail-on': gateWordList.default(['regression', 'broken', 'missing-shard']),
  'warn-on': gateWordList.default(['missing', 'missing-baseline', 'not-comparable']),
  comment: z.enum(['always', 'changes', 'regressions', 'off'], 'is none of always, changes, regressions and off').default('always'),
  'check-run': flag.default(true),
  'override-label': z.string().trim().min(1).max(50).default('accept-regression'),
  'job-summary': flag.default(true),
  'report-path': z.string().min(1).default('.concurrency-regressions/report.md'),
  'html-report-path': z.string().min(1).default('.concurrency-regressions/report.html'),
  exports: exportFormatList.default([]),
  'github-token': z.string('is not a token').regex(/^\S+$/, 'is not a token: it holds whitespace').optional(),
} satisfies Record<OptionName, z.ZodType>);

const schema = eachOption.transform((options, context) => {
  const complete = { ...options, margin: options.margin ?? Math.min(defaultMargin, options.target / 2) };
  for (const { option, message } of contradictions(complete)) context.addIssue({ code: 'custom', path: [option], message });
  return complete;
});

/**
 * Every option with its default filled in. Times in seconds, shares as 0.1 for 10 %. `fail-on` and `warn-on` are empty
 * for `none`. Without a value, the pipeline chooses `time-budget`, `seed`, `max-suspects` (no limit), `base-ref` (the
 * base of the pull request) and `baseline-store` (the branch where there is a repository); `install` is nothing to run.
 */
export type Options = z.output<typeof schema>;

interface Combined {
  readonly compare: 'auto' | 'baseline' | 'pairs';
  readonly 'null-run': boolean;
  readonly target: number;
  readonly margin: number;
  readonly thresholds: readonly ThresholdRule[];
}

/** Options that are each right and do not go together. */
function contradictions(options: Combined): readonly { readonly option: OptionName; readonly message: string }[] {
  const { compare, target, margin, thresholds } = options;
  const rule = unreachableMargin(thresholds, target);
  return [
    ...(margin < target ? [] : [{ option: 'margin' as const, message: belowTarget({ target, margin }) }]),
    ...(rule === null ? [] : [{ option: 'thresholds' as const, message: rule }]),
    ...(options['null-run'] && compare === 'baseline'
      ? [{ option: 'null-run' as const, message: 'needs pairs, which "compare: baseline" rules out; write auto or pairs there' }]
      : []),
  ];
}

/**
 * Reads options from several givers, the later one wins; an empty text counts as not given.
 *
 * @param givers each with the name the reader knows it by: "input", "flag", or the config file's path
 * @throws UserError that names the option, its giver and what would be accepted
 */
export function readOptions(givers: readonly { readonly source: string; readonly given: GivenOptions }[]): Options {
  const merged: Partial<Record<string, unknown>> = {};
  const sourceOf = new Map<string, string>();
  for (const { source, given } of givers) {
    for (const [name, value] of Object.entries(given)) {
      if (value === undefined || value === null || value === '') continue;
      merged[name] = value;
      sourceOf.set(name, source);
    }
  }
  const read = schema.safeParse(merged);
  if (read.success) return read.data;
  throw optionError(read.error, sourceOf);
}

function optionError(error: z.ZodError, sourceOf: ReadonlyMap<string, string>): UserError {
  const issue = error.issues[0];
  if (issue?.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    return new UserError(`There is no option "${key}" (${sourceOf.get(key) ?? 'given'}).`, `The options are ${optionNames.join(', ')}.`);
  }
  const name = String(issue?.path[0] ?? 'options');
  return new UserError(
    `${sourceOf.get(name) ?? 'option'} "${name}": ${issue?.message ?? 'is not valid'}.`,
    `Correct "${name}"; nothing was measured and nothing was written.`,
  );
}
