import { describe, expect, it } from 'vitest';
import { UserError } from '../model/user-error.ts';
import { readInitArguments } from './init-arguments.ts';

const nothing = { kind: 'init', recipe: 'one-job', branch: null, flags: {}, force: false, dryRun: false, json: false };

describe('readInitArguments', () => {
  it.each([
    [[], {}],
    [['--recipe', 'fork', '--branch', 'trunk'], { recipe: 'fork', branch: 'trunk' }],
    [['--force', '--dry-run', '--json'], { force: true, dryRun: true, json: true }],
    [
      ['--python-version', '3.12, 3.13', '--install', "pip install '.[fast]'", '--workloads', 'core,./b/*.py'],
      { flags: { 'python-version': '3.12, 3.13', install: "pip install '.[fast]'", workloads: 'core,./b/*.py' } },
    ],
    [['--install', ''], { flags: { install: '' } }],
    [['--branch=-x'], { branch: '-x' }],
  ])('reads %j', (argv, part) => {
    expect(readInitArguments(argv)).toEqual({ ...nothing, ...part });
  });

  it.each<[readonly string[], RegExp]>([
    [['--recipe', 'two-jobs'], /--recipe is "two-jobs"\. The recipes are one-job, matrix, fork\./],
    [['--recipe', 'constructor'], /--recipe is "constructor"/],
    [['here'], /init: Unexpected argument 'here'/],
    [['--models', 'threads'], /init: Unknown option '--models'/],
    [['--branch', '--force'], /ambiguous.*--branch=VALUE/],
  ])('refuses %j', (argv, message) => {
    expect(() => readInitArguments(argv)).toThrow(UserError);
    expect(() => readInitArguments(argv)).toThrow(message);
  });
});
