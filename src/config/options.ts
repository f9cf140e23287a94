import { z } from 'zod';
import { type ConcurrencyModel, concurrencyModels, isConcurrencyModel } from '../model/concurrency-model.ts';
import { UserError } from '../model/user-error.ts';

/** The name of every option, as inputs of the action, keys of the config file and flags of the terminal spell it. */
export const optionNames = [
  'mode',
  'name',
  'workloads',
  'models',
  'python-version',
  'uvloop-version',
  'working-directory',
  'config',
  'results',
  'baseline-path',
  'time-budget',
  'timeout',
  'processes',
  'values',
  'seed',
  'fail-on',
  'job-summary',
  'report-path',
] as const;

/** One of {@link optionNames}. */
export type OptionName = (typeof optionNames)[number];

/** Options as they were given: text from inputs and flags, typed values from the config file. */
export type GivenOptions = Readonly<Partial<Record<OptionName, unknown>>>;

/** Splits "a, b" or a block of lines into its items. */
const list = z.preprocess(
  (given) => (typeof given === 'string' ? given.split(/[\s,]+/).filter((item) => item !== '') : given),
  z.array(z.coerce.string()),
);

const wholeNumber = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

const flag = z.preprocess((given) => (given === 'true' ? true : given === 'false' ? false : given), z.boolean());

/** Seconds from "90", "90s", "4m30s", "1h". */
const duration = z.preprocess(
  (given) => (typeof given === 'string' ? secondsOf(given) : given),
  z.number('is not a duration such as 90s, 4m30s or 1h').min(1).max(21_600),
);

const models = list.transform((given, context): readonly ConcurrencyModel[] => {
  const chosen = given.filter(isConcurrencyModel);
  const unknown = given.filter((name) => !isConcurrencyModel(name));
  if (unknown.length > 0) {
    context.addIssue(`"${unknown.join('", "')}" is not a concurrency model; choose from ${concurrencyModels.join(', ')}`);
  }
  return chosen.length === 0 ? concurrencyModels : chosen;
});

const schema = z.strictObject({
  mode: z.enum(['all'], 'only the mode "all" exists').default('all'),
  name: z.string().min(1).max(100).default('concurrency'),
  workloads: list.default(['core']),
  models: models.default(concurrencyModels),
  'python-version': list.default([]),
  'uvloop-version': list.default(['latest']),
  'working-directory': z.string().min(1).default('.'),
  config: z.string().min(1).default('.github/concurrency.yml'),
  results: z.string().min(1).default('.concurrency-regressions/results.json'),
  'baseline-path': z.string().min(1).default('.concurrency-regressions/baseline'),
  'time-budget': duration.default(270),
  timeout: duration.default(60),
  processes: wholeNumber(1, 1000).default(5),
  values: wholeNumber(1, 100).default(5),
  seed: wholeNumber(0, 4_294_967_295).optional(),
  'fail-on': list.pipe(z.array(z.enum(['broken', 'none'], 'only "broken" and "none" can be named'))).default(['broken']),
  'job-summary': flag.default(true),
  'report-path': z.string().min(1).default('.concurrency-regressions/report.md'),
});

/** Every option with its default filled in. Times in seconds. */
export type Options = z.output<typeof schema>;

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

function secondsOf(text: string): number {
  const match = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$/.exec(text.trim());
  if (match === null || match[0] === '') return Number.NaN;
  const [, hours = '0', minutes = '0', seconds = '0'] = match;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
