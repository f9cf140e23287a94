import { describe, expect, it } from 'vitest';
import { concurrencyModels } from '../model/concurrency-model.ts';
import { UserError } from '../model/user-error.ts';
import { type GivenOptions, optionNames, readOptions } from './options.ts';

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
    expect(options['time-budget']).toBe(270);
    expect(options['fail-on']).toEqual(['broken']);
    for (const name of optionNames.filter((option) => option !== 'seed')) expect(options[name], name).toBeDefined();
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

  it('lets the later giver win and an empty text count as not given', () => {
    const options = readOptions([
      { source: 'concurrency.yml', given: { processes: 7, name: 'file' } },
      { source: 'input', given: { processes: '9', name: '' } },
    ]);
    expect(options.processes).toBe(9);
    expect(options.name).toBe('file');
  });

  it.each<[GivenOptions, string]>([
    [{ models: 'threads,gevent' }, '"gevent" is not a concurrency model; choose from sequential'],
    [{ 'time-budget': 'soon' }, '"time-budget": is not a duration'],
    [{ processes: '0' }, '"processes"'],
    [{ processes: '2.5' }, '"processes"'],
    [{ 'fail-on': 'regresion' }, 'only "broken" and "none"'],
    [{ mode: 'plan' }, 'only the mode "all"'],
    [{ 'job-summary': 'yes' }, '"job-summary"'],
    [{ seed: '-1' }, '"seed"'],
  ])('refuses %j and names the option', (given, message) => {
    expect(refusal(given)).toContain(message);
  });

  it('names an option that does not exist and its giver', () => {
    const unknown = { workload: 'x' } as GivenOptions;
    expect(() => readOptions([{ source: '.github/concurrency.yml', given: unknown }])).toThrow(
      /no option "workload" \(\.github\/concurrency\.yml\).*workloads/,
    );
  });
});
