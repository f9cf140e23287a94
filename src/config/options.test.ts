import { describe, expect, it } from 'vitest';
import { concurrencyModels } from '../model/concurrency-model.ts';
import { UserError } from '../model/user-error.ts';
import { flagNames, type GivenOptions, optionNames, readOptions } from './options.ts';

const read = (given: GivenOptions) => readOptions([{ source: 'flag', given }]);
const refusal = (given: GivenOptions) => {
  try {
    read(given);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  throw new Error('it was accepted');
};

describe('readOptions', () => {
  it('fills every default', () => {
    const options = read({});
    expect(options.models).toEqual(concurrencyModels);
    expect(options.workloads).toEqual(['core']);
    expect(options['fail-on']).toEqual(['regression', 'broken', 'missing-shard']);
    expect(options['warn-on']).toEqual(['missing', 'missing-baseline', 'not-comparable']);
    expect(options['confirm-pairs']).toEqual([10, 20, 40]);
    expect(options).toMatchObject({ compare: 'auto', target: 0.1, margin: 0.05, alpha: 0.01, thresholds: [], 'null-run': false });
    const chosenLater = ['shard', 'baseline-store', 'seed', 'time-budget', 'max-suspects', 'base-ref', 'install', 'github-token'];
    for (const name of optionNames) expect(options[name] === undefined, name).toBe(chosenLater.includes(name));
  });

  it.each([
    ['90', 90],
    ['90s', 90],
    ['4m30s', 270],
    ['1h', 3600],
    [120, 120],
  ])('reads the duration %s as %d seconds', (given, seconds) => {
    expect(read({ 'time-budget': given })['time-budget']).toBe(seconds);
  });

  it.each([
    ['threads,asyncio', ['threads', 'asyncio']],
    ['threads asyncio', ['threads', 'asyncio']],
    ['threads\nasyncio\n', ['threads', 'asyncio']],
    [['threads'], ['threads']],
  ])('reads the list %j', (given, models) => {
    expect(read({ models: given }).models).toEqual(models);
  });

  it.each([
    ['10,20 80', [10, 20, 80]],
    [
      [20, 40],
      [20, 40],
    ],
    [40, [40]],
  ])('reads the looks %j', (given, looks) => {
    expect(read({ 'confirm-pairs': given })['confirm-pairs']).toEqual(looks);
  });

  it.each(['main', 'origin/main', 'v1.2', 'a'.repeat(40)])('takes the base %s', (given) => {
    expect(read({ 'base-ref': given })['base-ref']).toBe(given);
  });

  it('reads the same rules from a mapping and from its text', () => {
    const rules = [{ workload: 'chat_*', target: 0.2 }];
    expect(read({ thresholds: [{ workload: 'chat_*', target: '20%' }] }).thresholds).toEqual(rules);
    expect(read({ thresholds: '- {workload: "chat_*", target: 20%}' }).thresholds).toEqual(rules);
  });

  it('keeps the margin that nobody gave below a small target', () => {
    expect(read({ target: '4%' }).margin).toBe(0.02);
    expect(read({ target: '40%' }).margin).toBe(0.05);
    expect(read({ margin: '0' }).margin).toBe(0);
  });

  it('lets the later giver win and an empty text count as not given', () => {
    const options = readOptions([
      { source: 'concurrency.yml', given: { processes: 7, name: 'file', 'fail-on': ['new'] } },
      { source: 'input', given: { processes: '9', name: '', 'fail-on': 'none' } },
    ]);
    expect(options.processes).toBe(9);
    expect(options.name).toBe('file');
    expect(options['fail-on']).toEqual([]);
  });

  it.each<[GivenOptions, string]>([
    [{ models: 'threads,gevent' }, '"gevent" is not a concurrency model; choose from sequential'],
    [{ models: { threads: true } }, '"models": is not a list such as'],
    [{ 'time-budget': 'soon' }, '"time-budget": is not a duration'],
    [{ timeout: '7h' }, '"timeout": is not a duration such as 90s, 4m30s or 1h, from 1s to 6h'],
    [{ processes: '0' }, '"processes": is not a whole number from 1 to 1000'],
    [{ processes: '2.5' }, '"processes": is not a whole number'],
    [{ processes: true }, '"processes": is not a whole number'],
    [{ 'max-suspects': '0' }, '"max-suspects": is not a whole number from 1'],
    [{ 'confirm-pairs': '10,many' }, '"confirm-pairs": is not a list of whole numbers of pairs'],
    [{ 'confirm-pairs': '10.5' }, '"confirm-pairs": is not a list'],
    [{ 'confirm-pairs': [] }, '"confirm-pairs": is not a list'],
    [{ target: '10' }, '"target": must be below 100%; write 10% or 0.1'],
    [{ target: 'ten' }, '"target": is not a share such as 10% or 0.1'],
    [{ target: '0' }, '"target": must be above 0%'],
    [{ alpha: '-1%' }, '"alpha": is not a share'],
    [{ alpha: 0 }, '"alpha": must be above 0%'],
    [{ margin: -0.1 }, '"margin": must be 0% or more'],
    [{ margin: '20%' }, '"margin": must be below target; target 10 % and margin 20 % are given'],
    [{ 'fail-on': 'regresion' }, '"fail-on": "regresion" is no word of the gate; choose from regression'],
    [{ 'warn-on': 'none,new' }, '"warn-on": "none" stands alone'],
    [{ thresholds: [{ target: '20%' }, { workload: 'x' }] }, '"thresholds": rule 2: states neither target nor margin'],
    [{ thresholds: [{ margin: '10%' }] }, '"thresholds": rule 1: margin must be below target; target 10 % and margin 10 %'],
    [{ compare: 'always' }, '"compare": is none of auto, baseline and pairs'],
    [{ 'base-ref': '--upload-pack=x' }, '"base-ref": is not a branch, tag or commit'],
    [{ 'base-ref': 'main x' }, '"base-ref": is not a branch'],
    [{ 'base-ref': 'main\u0007' }, '"base-ref": is not a branch'],
    [{ 'base-ref': 1234567 }, 'in quotes if it is a number'],
    [{ install: ['pip', 'install'] }, '"install": is not a shell command such as "pip install ."'],
    [{ install: ' ' }, '"install": is not a shell command'],
    [{ install: 'a\0b' }, '"install": holds a null character'],
    [{ 'null-run': 'yes' }, '"null-run": is neither true nor false'],
    [{ 'null-run': 'true', compare: 'baseline' }, '"null-run": needs pairs'],
    [{ mode: 'every' }, '"mode": is none of all, plan, measure, report'],
    [{ 'job-summary': 'yes' }, '"job-summary": is neither true nor false'],
    [{ seed: '-1' }, '"seed": is not a whole number from 0 to 4294967295'],
  ])('refuses %j and names the option', (given, message) => {
    expect(refusal(given)).toContain(message);
  });

  it('names the giver of the value that is wrong', () => {
    const givers = [
      { source: '.github/concurrency.yml', given: { margin: '20%' } },
      { source: 'input', given: { processes: '2' } },
    ];
    expect(() => readOptions(givers)).toThrow('.github/concurrency.yml "margin"');
  });

  it('refuses a token that cannot be one without repeating it', () => {
    expect(refusal({ 'github-token': 'ghs_abc def' })).toMatch(/"github-token": is not a token(?!.*ghs_abc)/);
  });

  it('names an option that does not exist and its giver', () => {
    const unknown = { workload: 'x' } as GivenOptions;
    expect(() => readOptions([{ source: '.github/concurrency.yml', given: unknown }])).toThrow(
      /no option "workload" \(\.github\/concurrency\.yml\).*workloads/,
    );
  });
});

describe('flagNames', () => {
  it('hold every option but the token', () => {
    expect(optionNames.filter((name) => !flagNames.includes(name))).toEqual(['github-token']);
  });
});
