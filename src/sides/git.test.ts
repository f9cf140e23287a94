import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gitIn } from './git.ts';
import { git, type RepositoryGround, repositoryGround } from './repository.fixture.ts';

let ground: RepositoryGround;
let folder: string;

beforeAll(() => {
  ground = repositoryGround();
  folder = ground.shallow(ground.merge);
  git(folder, 'remote', 'set-url', 'origin', 'ssh://127.0.0.1/none.git');
});
afterAll(() => ground.remove());

/** A connection that never answers; `word` finds it among the processes. */
const hang = (word: string) => git(folder, 'config', 'core.sshCommand', `sh -c 'sleep 1000' ${word}`);

/** Waits up to 5 s for every process with the word in its command line to be gone. */
async function gone(word: string): Promise<boolean> {
  const commandLine = (id: string) => {
    try {
      return readFileSync(`/proc/${id}/cmdline`, 'utf8');
    } catch {
      return '';
    }
  };
  for (let tries = 0; tries < 100; tries += 1) {
    if (!readdirSync('/proc').some((id) => /^\d+$/.test(id) && commandLine(id).includes(word))) return true;
    await sleep(50);
  }
  return false;
}

test('a command that hangs is ended with what it started', async () => {
  hang('hangs-until-the-timeout');
  expect(await gitIn(folder)(['fetch', 'origin'], 0.5)).toEqual({ ok: false, code: null, complaint: 'did not end within 0.5 s' });
  expect(await gone('hangs-until-the-timeout')).toBe(true);
});

test('an abort ends it, too, and throws its reason', async () => {
  hang('hangs-until-the-abort');
  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error('stopped by the user')), 300);
  await expect(gitIn(folder, controller.signal)(['fetch', 'origin'])).rejects.toThrow('stopped by the user');
  expect(await gone('hangs-until-the-abort')).toBe(true);
});

test.each([
  ["sh -c 'echo git@host: Permission denied, of course. >&2; exit 255'", 'git@host: Permission denied, of course'],
  ['sh -c \'printf "fatal: a\\033[31m b\\007\\n" >&2; exit 255\'', 'a [31m b'],
])('of %s the complaint is one clean line', async (command, complaint) => {
  git(folder, 'config', 'core.sshCommand', command);
  expect(await gitIn(folder)(['fetch', 'origin'])).toEqual({ ok: false, code: 128, complaint });
});

test('the complaint of a command that says nothing is its exit code', async () => {
  expect(await gitIn(folder)(['diff', '--quiet', 'HEAD', '--', 'what.txt'])).toMatchObject({ ok: true });
  expect(await gitIn(folder)(['merge-base', '--is-ancestor', 'HEAD', `${git(folder, 'commit-tree', '-m', 'x', 'HEAD^{tree}')}`])).toEqual({
    ok: false,
    code: 1,
    complaint: 'ended with exit code 1',
  });
});
