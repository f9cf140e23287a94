import { homedir } from 'node:os';
import { expect, test } from 'vitest';
import { discoverInterpreters } from './discover.ts';
import { type DistributionSigns, distributionOf } from './distribution.ts';

const nothing: DistributionSigns = {
  configArgs: '',
  sysVersion: '3.13.0 (main, Oct  7 2024, 12:00:00) [GCC 12.2.0]',
  standalone: false,
  managedByUv: false,
  debianScheme: false,
  toolCacheMark: false,
};

test.each<readonly [string, Partial<DistributionSigns>]>([
  ['python-build-standalone', { configArgs: "'--build=x86_64-unknown-linux-gnu' '--prefix=/install' '--with-openssl=/tools/deps'" }],
  ['python-build-standalone', { configArgs: "'--prefix=/home/a/.local/share/uv/python/cpython-3.13.5'", standalone: true }],
  ['python-build-standalone', { managedByUv: true }],
  ['actions/python-versions', { configArgs: "'--prefix=/opt/hostedtoolcache/Python/3.13.5/x64' '--enable-shared'" }],
  ['actions/python-versions', { configArgs: "'--prefix=/Users/runner/hostedtoolcache/Python/3.14.0/arm64-freethreaded'" }],
  ['actions/python-versions', { toolCacheMark: true }],
  ['conda', { sysVersion: '3.13.5 | packaged by conda-forge | (main, Jun 16 2025, 08:27:50) [GCC 13.3.0]' }],
  ['debian', { debianScheme: true }],
  ['debian', { configArgs: "'--enable-shared' '--prefix=/usr' '--enable-ipv6' 'CC=x86_64-linux-gnu-gcc' 'CFLAGS=-g'" }],
  ['redhat', { configArgs: "'--build=x86_64-redhat-linux' '--prefix=/usr'" }],
  ['nix', { configArgs: "'--prefix=/nix/store/abc-python3-3.13.5'" }],
  ['homebrew', { configArgs: "'--prefix=/home/linuxbrew/.linuxbrew/Cellar/python@3.13/3.13.5'" }],
  ['pyenv', { configArgs: "'--prefix=/home/a/.pyenv/versions/3.13.0' '--enable-shared'" }],
  ['other', { configArgs: "'--enable-optimizations' '--with-lto' '--prefix=/usr/local'" }],
  ['other', { configArgs: "'--prefix=/installations/3.13'" }],
  ['other', {}],
])('%s is told from %j', (expected, signs) => {
  expect(distributionOf({ ...nothing, ...signs })).toBe(expected);
});

test('the interpreters of this machine are told apart by who built them', async () => {
  const { interpreters } = await discoverInterpreters({ env: process.env, home: homedir(), cwd: homedir(), explicit: [] });
  expect(interpreters.length).toBeGreaterThan(0);
  const system = interpreters.find(({ realPath }) => realPath.startsWith('/usr/bin/'));
  const built = interpreters.find(({ source }) => source === 'pyenv');
  if (system !== undefined && built !== undefined)
    expect(system.facts.provenance.distribution).not.toBe(built.facts.provenance.distribution);
  for (const { facts } of interpreters.filter(({ source }) => source === 'pyenv')) expect(facts.provenance.distribution).toBe('pyenv');
});
