import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reviewLockfile } from '../../scripts/lockfile.ts';

const root = join(import.meta.dirname, '..', '..');
const digest = `sha512-${'A'.repeat(86)}==`;

/** What a review finds wrong with a lockfile that holds `left-pad` so, and nothing else. */
function faults(entry: object, { path = 'node_modules/left-pad', asked = '1.3.0', allowScripts = {} } = {}): readonly string[] {
  const packages = { '': {}, [path]: { version: '1.3.0', integrity: digest, license: 'MIT', ...entry } };
  const manifest = { devDependencies: { 'left-pad': asked }, allowScripts };
  return reviewLockfile(JSON.stringify({ lockfileVersion: 3, packages }), JSON.stringify(manifest)).faults;
}

describe('the lockfile', () => {
  const lockfile = readFileSync(join(root, 'package-lock.json'), 'utf8');

  it('passes `npm run dependencies`, which lists the licences', () => {
    const { status, stdout } = spawnSync(process.execPath, [join(root, 'scripts', 'dependencies.ts')], { encoding: 'utf8' });
    expect(stdout).toMatch(/^\d{3,} packages by licence:\n +\d+ {2}MIT\n/);
    expect(stdout).toContain('Every package is held by its digest and may be used.');
    expect(status).toBe(0);
  });

  it('names no registry and no other host but those that packages give for donations', () => {
    const hosts = JSON.stringify(JSON.parse(lockfile), (key, value) => (key === 'funding' ? undefined : value)).match(/\w+:\/\/[^/"]+/g);
    expect(hosts ?? []).toEqual([]);
  });
});

describe('a package of the lockfile', () => {
  it('comes from the registry where it names no address', () => {
    expect(faults({})).toEqual([]);
  });

  it.each([
    ['git', { resolved: 'git+ssh://git@github.com/stevemao/left-pad.git#0e04eb4' }, /comes from git\+ssh/],
    ['plain http', { resolved: 'http://registry.example/left-pad-1.3.0.tgz' }, /comes from http:/],
    ['another registry', { resolved: 'https://registry.example/left-pad-1.3.0.tgz' }, /comes from https:\/\/registry\.example/],
    ['a folder', { link: true }, /is a folder of this machine/],
    ['no digest', { integrity: undefined }, /no SHA-512 digest/],
    ['a weak digest', { integrity: 'sha1-W6/XORMh36AfkILofYsZgJjr5ak=' }, /no SHA-512 digest/],
    ['a script of its own', { hasInstallScript: true }, /runs a script/],
    ['the GPL', { license: 'GPL-3.0-only' }, /has the licence GPL-3.0-only/],
    ['the GPL as well', { license: 'MIT AND GPL-3.0-only' }, /has the licence MIT AND/],
    ['no licence', { license: undefined }, /has the licence not stated/],
  ])('is refused with %s', (_, entry, sentence) => {
    expect(faults(entry)).toEqual([expect.stringMatching(sentence)]);
  });

  it('may run a script that the manifest allows, and be under one of two licences', () => {
    expect(faults({ hasInstallScript: true }, { allowScripts: { 'left-pad': true } })).toEqual([]);
    expect(faults({ license: '(MIT OR GPL-3.0-only)' })).toEqual([]);
  });

  it('is refused where it is asked for by a range or an address, or locked in another version', () => {
    expect(faults({}, { asked: '^1.3.0' })).toEqual([expect.stringContaining('no exact version')]);
    expect(faults({}, { asked: 'github:stevemao/left-pad' })).toEqual([expect.stringContaining('no exact version')]);
    expect(faults({}, { asked: '1.2.0' })).toEqual(['left-pad is asked for as 1.2.0 and locked as 1.3.0']);
    expect(faults({}, { path: 'node_modules/a/node_modules/left-pad' })).toEqual(['left-pad is asked for as 1.3.0 and locked as nothing']);
  });

  it('is refused below a folder of the project, and in a lockfile of another version', () => {
    expect(faults({}, { path: 'packages/left-pad' })).toContain('packages/left-pad is a folder of this machine');
    expect(reviewLockfile('{"lockfileVersion":2,"packages":{}}', '{}').faults).toEqual(['the lockfile has version 2, not 3']);
  });
});
