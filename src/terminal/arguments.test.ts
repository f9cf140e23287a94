import { describe, expect, it } from 'vitest';
import { optionNames } from '../config/options.ts';
import { helpText, readArguments } from './arguments.ts';

const read = (...argv: string[]) => readArguments(argv, optionNames);

describe('readArguments', () => {
  it('reads flags of run', () => {
    expect(read('run', '--python-version', '3.12,3.13', '--processes=7')).toEqual({
      kind: 'run',
      flags: { 'python-version': '3.12,3.13', processes: '7' },
    });
  });

  it('reads the two files of compare', () => {
    expect(read('compare', 'a.json', 'b.json')).toEqual({ kind: 'compare', base: 'a.json', head: 'b.json' });
  });

  it('reads the file of check-workload and flags after it', () => {
    expect(read('check-workload', './x.py', '--models', 'threads')).toEqual({
      kind: 'check-workload',
      file: './x.py',
      flags: { models: 'threads' },
    });
  });

  it('reads the two trees of pairs, and apart the flags that only pairs has', () => {
    const argv = ['--base', '../main', '--head=.', '--margin', '3%', '--fail-on', 'none', '--values', '2'];
    expect(read('pairs', ...argv)).toEqual({
      kind: 'pairs',
      base: '../main',
      head: '.',
      own: { margin: '3%', 'fail-on': 'none' },
      flags: { values: '2' },
    });
  });

  it.each([[[]], [['--help']], [['help']], [['run', '--help']]])('%j asks for help', (argv) => {
    expect(readArguments(argv, optionNames)).toEqual({ kind: 'help' });
  });

  it.each([
    [['bench'], /no command "bench".*run, measure, compare, pairs, check-workload and doctor/],
    [['run', '--wat', '1'], /run: Unknown option '--wat'/],
    [['run', 'spare'], /run: Unexpected argument 'spare'/],
    [['run', '--processes'], /run: .*--processes/],
    [['check-workload'], /takes a workload file/],
    [['check-workload', '--models', 'threads'], /takes a workload file/],
    [['pairs', '--head', '.'], /two source trees, and --base is not given/],
    [['pairs', '--base', '.', '--head', ''], /--head is not given/],
    [['pairs', 'a', 'b'], /pairs: Unexpected argument/],
    [['run', '--base', '.'], /run: Unknown option '--base'/],
    [['compare', 'a.json'], /two results files, 1 given/],
  ])('%j is refused', (argv, message) => {
    expect(() => readArguments(argv, optionNames)).toThrow(message);
  });

  it('help names every option that makes sense at a terminal', () => {
    const ofTheAction = ['mode', 'name', 'job-summary'];
    for (const name of optionNames.filter((option) => !ofTheAction.includes(option))) expect(helpText).toContain(`--${name} `);
  });

  it('help names every flag of pairs', () => {
    for (const flag of ['base', 'head', 'confirm-pairs', 'target', 'margin', 'alpha']) expect(helpText).toContain(`--${flag} `);
  });
});
