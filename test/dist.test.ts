import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { build } from '../scripts/build.ts';

const dist = join(import.meta.dirname, '..', 'dist');
const scratch = () => mkdtempSync(join(tmpdir(), 'dist-'));

/** Node before 24 that is on PATH, if there is one. */
function oldNode(): string | undefined {
  const candidates = (process.env['PATH'] ?? '').split(':').map((folder) => join(folder, 'node'));
  return candidates.find((path) => {
    const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' });
    return status === 0 && Number(stdout.slice(1).split('.')[0]) < 24;
  });
}

describe('dist', () => {
  let rebuilt: string;
  beforeAll(async () => {
    rebuilt = scratch();
    await build(rebuilt);
  }, 120_000);

  it.each(['action.mjs', 'post.mjs', 'cli.mjs', 'report-page.js', 'report-page.css', 'licenses.txt'])(
    '%s is what the source gives, byte for byte; `npm run build` makes it',
    (name) => {
      expect(readFileSync(join(rebuilt, name)).equals(readFileSync(join(dist, name)))).toBe(true);
    },
  );

  it('holds nothing else, and no path of the machine that built it', () => {
    expect(readdirSync(dist).sort()).toEqual(['action.mjs', 'cli.mjs', 'licenses.txt', 'post.mjs', 'report-page.css', 'report-page.js']);
    const root = realpathSync(join(dist, '..'));
    for (const name of readdirSync(dist)) expect(readFileSync(join(dist, name), 'utf8').includes(root), name).toBe(false);
  });

  it('names the licence of every package in it', () => {
    const licenses = readFileSync(join(dist, 'licenses.txt'), 'utf8');
    for (const name of [
      'execa',
      'zod',
      'yaml',
      'simple-statistics',
      '@actions/core',
      '@actions/github',
      'smol-toml',
      'd3-scale',
      'd3-shape',
    ])
      expect(licenses).toMatch(new RegExp(`^${name} \\d`, 'm'));
    expect(licenses).not.toContain('(not stated)');
  });

  it('loads nothing after a step that has left nothing, and what it needs after another', () => {
    const alone = scratch();
    cpSync(join(rebuilt, 'post.mjs'), join(alone, 'post.mjs'));
    const post = (state: Record<string, string>) => {
      const env = { GITHUB_REPOSITORY: '', ...state };
      return spawnSync(process.execPath, [join(alone, 'post.mjs')], { cwd: alone, env, encoding: 'utf8' });
    };
    // What fails to parse as a state says that it was read: with everything that reading it takes.
    expect(post({ 'STATE_check-run': '{' })).toMatchObject({ status: 0, stdout: expect.stringMatching(/^::warning::Whether/) });
    for (const state of [{}, { 'STATE_check-run': '{', 'STATE_check-run-ended': 'true' }])
      expect(post(state)).toMatchObject({ status: 0, stdout: '', stderr: '' });
  });

  it('starts without node_modules', () => {
    const alone = scratch();
    cpSync(dist, alone, { recursive: true });
    expect(execFileSync(process.execPath, [join(alone, 'cli.mjs'), '--version'], { cwd: alone, encoding: 'utf8' })).toMatch(
      /^\d+\.\d+\.\d+\n$/,
    );
  });
});

describe('an old Node', () => {
  const sentence = /^concurrency-regressions needs Node 24 or newer and was started with Node \d+[^\n]*\n$/;

  it.each(['action.mjs', 'cli.mjs'])('%s stops with one sentence when the version says so', (name) => {
    const pretend = 'data:text/javascript,Object.defineProperty(process.versions,"node",{value:"22.1.0"})';
    const { status, stderr, stdout } = spawnSync(process.execPath, ['--import', pretend, join(dist, name), '--version'], {
      encoding: 'utf8',
    });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(sentence);
  });

  const old = oldNode();
  it.skipIf(old === undefined)(`does so for real (${old ?? 'no Node before 24 on PATH'})`, () => {
    for (const name of ['action.mjs', 'cli.mjs']) {
      const { status, stderr } = spawnSync(String(old), [join(dist, name), '--version'], { encoding: 'utf8' });
      expect(status).toBe(2);
      expect(stderr).toMatch(sentence);
    }
  });
});
