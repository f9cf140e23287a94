import { describe, expect, it } from 'vitest';
import { flagNames } from '../config/options.ts';
import { readArguments } from './arguments.ts';
import { helpText } from './help.ts';

const read = (...argv: string[]) => readArguments(argv, flagNames);

describe('readArguments', () => {
  it('reads flags of run', () => {
    expect(read('run', '--python-version', '3.12,3.13', '--processes=7')).toEqual({
      kind: 'run',
      flags: { 'python-version': '3.12,3.13', processes: '7' },
    });
  });

  it.each([
    [['--null'], { 'null-run': 'true' }],
    [['--null-run', 'true'], { 'null-run': 'true' }],
    [['--null', '--null-run', 'true', '--seed', '1'], { 'null-run': 'true', seed: '1' }],
    [['--null-run', 'false'], { 'null-run': 'false' }],
  ])('reads the null run of %j', (argv, flags) => {
    expect(read('run', ...argv)).toEqual({ kind: 'run', flags });
  });

  it('reads rules as text, with a dash only after an equals sign', () => {
    const rules = '- {workload: "chat_*", target: 20%}';
    expect(read('run', `--thresholds=${rules}`)).toEqual({ kind: 'run', flags: { thresholds: rules } });
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
      flags: { models: 'threads' },
    });
  });

  it('reads the two trees of pairs beside the options', () => {
    const argv = ['--base', '../main', '--head=.', '--margin', '3%', '--fail-on', 'none', '--values', '2'];
    expect(read('pairs', ...argv)).toEqual({
      kind: 'pairs',
      base: '../main',
      head: '.',
      flags: { margin: '3%', 'fail-on': 'none', values: '2' },
    });
  });

  it('reads what to simulate', () => {
    expect(read('simulate')).toEqual({ kind: 'simulate', pullRequests: 100, seed: 'acceptance 1', cells: 100, scenarios: [] });
    const argv = ['--pull-requests', '20', '--seed', 'another', '--cells=7', '--scenario', 'quiet, hosted quiet'];
    expect(read('simulate', ...argv)).toEqual({
      kind: 'simulate',
      pullRequests: 20,
      seed: 'another',
      cells: 7,
      scenarios: ['quiet', 'hosted'],
    });
  });

  it.each([[[]], [['--help']], [['help']], [['run', '--help']], [['simulate', '--help']]])('%j asks for help', (argv) => {
    expect(read(...argv)).toEqual({ kind: 'help' });
  });

  it.each([
    [['bench'], /no command "bench".*run, plan, measure, report, compare, pairs, baseline, check-workload, doctor, init and simulate/],
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
    [['run', '--json'], /run: Unknown option '--json'/],
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

describe('helpText', () => {
  it('names every option that makes sense at a terminal', () => {
    const ofTheAction = ['mode', 'name', 'comment', 'check-run', 'override-label', 'job-summary'];
    for (const name of flagNames.filter((option) => !ofTheAction.includes(option))) expect(helpText).toContain(`--${name} `);
  });

  it('names every flag of a single command', () => {
    for (const flag of ['base', 'head', 'null', 'alpha', 'json', 'pull-requests', 'cells', 'scenario'])
      expect(helpText).toMatch(`--${flag} `);
  });

  it('shows commands that are understood', () => {
    const [, examples = ''] = helpText.split('Examples\n');
    const commands = [...examples.matchAll(/^ {2}concurrency-regressions (.+)$/gm)].map(([, words = '']) => words);
    expect(commands.length).toBeGreaterThan(5);
    for (const words of commands) {
      const argv = [...words.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
      expect(() => read(...argv), words).not.toThrow();
    }
  });

  it('fits a terminal of 100 columns', () => {
    expect(helpText.split('\n').filter((line) => line.length > 100)).toEqual([]);
  });
});
