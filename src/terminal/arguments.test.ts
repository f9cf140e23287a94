import { describe, expect, it } from 'vitest';
import { flagNames } from '../config/options.ts';
import { readArguments } from './arguments.ts';
import { commands } from './commands.ts';
import { ofTheAction, optionFlags } from './option-flags.ts';

const read = (...argv: string[]) => readArguments(argv);

describe('readArguments', () => {
  it('reads flags of run', () => {
    expect(read('run', '--python-version', '3.12,3.13', '--processes=7')).toEqual({
      kind: 'run',
      json: false,
      flags: { 'python-version': '3.12,3.13', processes: '7' },
    });
  });

  it.each([
    [['--null'], { 'null-run': 'true' }],
    [['--null-run', 'true'], { 'null-run': 'true' }],
    [['--null', '--null-run', 'true', '--seed', '1'], { 'null-run': 'true', seed: '1' }],
    [['--null-run', 'false'], { 'null-run': 'false' }],
  ])('reads the null run of %j', (argv, flags) => {
    expect(read('run', ...argv)).toEqual({ kind: 'run', json: false, flags });
  });

  it('reads rules as text, with a dash only after an equals sign', () => {
    const rules = '- {workload: "chat_*", target: 20%}';
    expect(read('run', `--thresholds=${rules}`)).toEqual({ kind: 'run', json: false, flags: { thresholds: rules } });
    expect(() => read('run', '--thresholds', rules)).toThrow(/'--thresholds' argument is ambiguous\. .*--thresholds=VALUE/);
  });

  it('reads the two files of compare, its level and whether it prints JSON', () => {
    expect(read('compare', 'a.json', 'b.json')).toEqual({ kind: 'compare', base: 'a.json', head: 'b.json', alpha: 0.05, json: false });
    expect(read('compare', '--alpha', '1%', 'a.json', 'b.json')).toMatchObject({ base: 'a.json', head: 'b.json', alpha: 0.01 });
    expect(read('compare', '--json', 'a.json', 'b.json')).toMatchObject({ base: 'a.json', head: 'b.json', alpha: 0.05, json: true });
    expect(read('compare', 'a.json', 'b.json', '--alpha=1%', '--json')).toMatchObject({ alpha: 0.01, json: true });
  });

  it('reads the file of check-workload and flags after it', () => {
    expect(read('check-workload', './x.py', '--models', 'threads')).toEqual({
      kind: 'check-workload',
      file: './x.py',
      json: false,
      flags: { models: 'threads' },
    });
  });

  it('reads the two trees of pairs beside the options', () => {
    const argv = ['--base', '../main', '--head=.', '--margin', '3%', '--fail-on', 'none', '--values', '2'];
    expect(read('pairs', ...argv)).toEqual({
      kind: 'pairs',
      base: '../main',
      head: '.',
      json: false,
      flags: { margin: '3%', 'fail-on': 'none', values: '2' },
    });
  });

  it('reads what to simulate', () => {
    expect(read('simulate')).toEqual({ kind: 'simulate', pullRequests: 100, seed: 'acceptance 1', cells: 100, scenarios: [], json: false });
    const argv = ['--pull-requests', '20', '--seed', 'another', '--cells=7', '--scenario', 'quiet, hosted quiet'];
    expect(read('simulate', ...argv)).toEqual({
      kind: 'simulate',
      pullRequests: 20,
      seed: 'another',
      cells: 7,
      scenarios: ['quiet', 'hosted'],
      json: false,
    });
  });

  it.each<[readonly string[], string | null]>([
    [[], null],
    [['--help'], null],
    [['-h'], null],
    [['help'], null],
    [['help', '--help'], 'help'],
    [['run', '--help'], 'run'],
    [['run', '--models', 'threads', '-h'], 'run'],
    [['help', 'run'], 'run'],
    [['baseline', '--help'], 'baseline'],
    [['help', 'baseline'], 'baseline'],
    [['baseline', 'accept', '--help'], 'baseline accept'],
    [['help', 'baseline', 'accept'], 'baseline accept'],
  ])('%j asks for help on %j', (argv, topic) => {
    expect(read(...argv)).toEqual({ kind: 'help', topic });
  });

  it('takes what follows a bare -- for no flag', () => {
    expect(() => read('run', '--', '--help')).toThrow(/run: Unexpected argument '--help'/);
  });

  it.each<[readonly string[], RegExp]>([
    [['mesure'], /no command "mesure"\. Did you mean measure\?/],
    [['comp'], /There is no command "comp"\. The commands are/],
    [['compa'], /Did you mean compare\?/],
    [['xyz'], /no command "xyz"\. The commands are/],
    [['help', 'rn'], /no command "rn"\. Did you mean run\?/],
    [['baseline', 'lst'], /no command "baseline lst"\. Did you mean baseline list\?/],
    [['baseline'], /baseline takes a command, and none is given/],
    [['run', '--modles', 'threads'], /Unknown option '--modles'\. Did you mean --models\?/],
    [['run', '--python'], /Unknown option '--python'\. concurrency-regressions run --help/],
    [['run', '--work', 'core'], /Unknown option '--work'/],
    [['compare', 'a', 'b', '--jsn'], /Did you mean --json\?/],
    [['completion', 'bsh'], /no script for "bsh"\. Did you mean bash\?/],
    [['completion'], /takes the name of a shell/],
  ])('%j is told what was meant', (argv, message) => {
    expect(() => read(...argv)).toThrow(message);
  });

  it('reads --json of every command that has an outcome', () => {
    const argv = {
      compare: ['a', 'b'],
      pairs: ['--base', 'a', '--head', 'b'],
      'check-workload': ['a.py'],
      'baseline export': ['f'],
      'baseline import': ['f'],
    };
    const needed = new Map<string, readonly string[]>([
      ...Object.entries(argv),
      ['baseline accept', ['--cells', 'a', '--commit', '1a2b3c4d', '--why', 'x']],
      ['baseline prune', ['--damaged']],
    ]);
    const without = ['export', 'completion', 'help'];
    for (const { name } of commands.filter((entry) => !without.includes(entry.name)))
      expect(read(...name.split(' '), ...(needed.get(name) ?? []), '--json'), name).toMatchObject({ json: true });
  });

  it.each([
    [['bench'], /no command "bench"\. The commands are run, plan, .* and help; --help shows them all/],
    [
      ['plan', '--models', 'bogus', '--models', 'asyncio'],
      /plan: --models is given more than once\. Join the items by commas: --models 'bogus,asyncio'/,
    ],
    [['run', '--seed=1', '--seed', '2'], /run: --seed is given more than once\. Leave one of them out/],
    [['compare', 'a', 'b', '--alpha', '1%', '--alpha', '1%'], /compare: --alpha is given more than once/],
    [['run', '--wat', '1'], /run: Unknown option '--wat'\. .*--help/],
    [['run', 'spare'], /run: Unexpected argument 'spare'/],
    [['run', '--processes'], /run: .*--processes/],
    [['run', '--seed', '-1'], /run: .*--seed.*Give it a value/],
    [['run', '--github-token', 'ghs_abc'], /run: Unknown option '--github-token'/],
    [['run', '--null', '--null-run', 'false'], /--null and --null-run false are both given/],
    [['run', '--null=true'], /run: Option '--null' does not take an argument/],
    [['measure', '--null'], /measure: Unknown option '--null'/],
    [['check-workload'], /takes a workload file/],
    [['check-workload', '--models', 'threads'], /takes a workload file/],
    [['check-workload', 'a.py', 'b.py'], /check-workload: Unexpected argument 'b\.py'/],
    [['pairs', '--head', '.'], /two source trees, and --base is not given/],
    [['pairs', '--base', '.', '--head', ''], /--head is not given/],
    [['pairs', 'a', 'b'], /pairs: Unexpected argument/],
    [['run', '--base', '.'], /run: Unknown option '--base'/],
    [['compare', 'a.json'], /two results files, 1 given/],
    [['compare', 'a.json', 'b.json', 'c.json'], /two results files, 3 given/],
    [['compare', 'a.json', 'b.json', '--alpha', '5'], /compare: --alpha is "5"\. Give a share above 0% and below 100%/],
    [['compare', 'a.json', 'b.json', '--alpha', '0'], /compare: --alpha is "0"/],
    [['compare', 'a.json', 'b.json', '--alpha', 'low'], /compare: --alpha is "low"/],
    [['compare', 'a.json', 'b.json', '--target', '5%'], /compare: Unknown option '--target'/],
    [['compare', 'a.json', 'b.json', '--json=true'], /compare: Option '--json' does not take an argument/],
    [['simulate', '--pull-requests', '9'], /simulate: --pull-requests is "9"\. Give a whole number from 10 to 100000/],
    [['simulate', '--pull-requests', 'many'], /--pull-requests is "many"/],
    [['simulate', '--cells', '0'], /simulate: --cells is "0"\. Give a whole number from 1 to 1000/],
    [['simulate', '--cells', '1e2'], /--cells is "1e2"/],
    [['simulate', 'quiet'], /simulate: Unexpected argument 'quiet'/],
    [['simulate', '--models', 'threads'], /simulate: Unknown option '--models'/],
  ])('%j is refused', (argv, message) => {
    expect(() => read(...argv)).toThrow(message);
  });
});

describe('the options of a command', () => {
  const shown = (name: string) => commands.find((entry) => entry.name === name)?.options.map((option) => option.name) ?? [];

  it('are understood where they mean nothing, and offered where they mean something', () => {
    for (const name of ['run', 'plan', 'measure', 'report', 'doctor'])
      expect(read(name, '--max-shards', '3'), name).toMatchObject({ flags: { 'max-shards': '3' } });
    expect(commands.flatMap(({ name, options }) => (options.some((option) => option.name === 'max-shards') ? [name] : []))).toEqual([
      'plan',
    ]);
    expect(shown('doctor')).toEqual([
      ...['python-version', 'uvloop-version', 'time-budget', 'timeout', 'values', 'seed', 'working-directory', 'config'],
    ]);
    expect(shown('report')).not.toContain('workloads');
    expect(shown('pairs')).not.toContain('processes');
  });

  it('are all offered somewhere but those of the action alone', () => {
    const offered = new Set(commands.flatMap(({ name }) => shown(name)));
    expect([...offered].toSorted()).toEqual(flagNames.filter((name) => !ofTheAction.includes(name)).toSorted());
  });
});

describe('the options', () => {
  it('are those of the action, each once', () => {
    expect(optionFlags.map(({ name }) => name).toSorted()).toEqual([...flagNames].toSorted());
  });
});
