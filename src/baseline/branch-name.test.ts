import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkBranchName } from './branch-name.ts';

const isTaken = (name: string) => {
  try {
    checkBranchName(name);
    return true;
  } catch {
    return false;
  }
};

const isTakenByGit = (name: string) => {
  try {
    execFileSync('git', ['check-ref-format', '--branch', name], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

describe('checkBranchName', () => {
  it.each(['concurrency-baselines', 'ci/baselines', 'ü', 'a.b', 'a@b', '@b', 'a.lock.b', '{', 'baseline/HEAD'])('takes %j', (name) => {
    expect([isTaken(name), isTakenByGit(name)]).toEqual([true, true]);
  });

  it.each([
    ...['', '.a', 'a/.b', 'a..b', 'a b', 'a~', 'a^b', 'a:b', 'a?', 'a*', 'a[b', 'a\\b', '/a', 'a/', 'a//b', 'a.', 'a.lock', 'a.lock/b'],
    ...['a@{b', '-a', 'HEAD', 'a\tb', 'a\u007fb', 'a\nb'],
  ])('refuses %j, as git does', (name) => {
    expect([isTaken(name), isTakenByGit(name)]).toEqual([false, false]);
  });

  it.each(['@', '0'.repeat(40), 'ü'.repeat(101), 'a\u0085b'])('refuses %j, which git takes', (name) => {
    expect([isTaken(name), isTakenByGit(name)]).toEqual([false, true]);
  });

  it('never takes what git refuses', () => {
    const name = fc.array(fc.constantFrom('a', '.', '/', '@', '{', '-', 'lock', '..', ' ', '\\', 'HEAD'), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(name, (parts) => !isTaken(parts.join('')) || isTakenByGit(parts.join(''))),
      { seed: 20_261_126, numRuns: 150 },
    );
  });

  it('says what is wrong with it', () => {
    expect(() => checkBranchName('a..b')).toThrow('"baseline-branch" is "a..b", which is no name of a branch: it holds ".." or "@{".');
  });
});
