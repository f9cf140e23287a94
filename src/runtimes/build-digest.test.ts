import { expect, test } from 'vitest';
import { type BuildDescription, buildDigest, buildProvenance } from './build-digest.ts';

const pyenv = (prefix: string, more = '') =>
  `'--prefix=${prefix}' '--enable-shared' '--libdir=${prefix}/lib' 'LDFLAGS=-L${prefix}/lib -Wl,-rpath,${prefix}/lib'${more}`;
const base: BuildDescription = {
  configArgs: pyenv('/home/a/3.13.0'),
  compiler: 'GCC 12.2.0',
  freeThreaded: false,
  distribution: 'pyenv',
  basePrefix: '/home/a/3.13.0',
};

test('one build in two folders has one digest', () => {
  const moved = { ...base, configArgs: pyenv('/srv/pythons/x'), basePrefix: '/srv/pythons/x' };
  expect(buildDigest(moved)).toBe(buildDigest(base));
  expect(buildDigest(base)).toMatch(/^[0-9a-f]{8}$/);
});

test('a relocated build is recognised although its --prefix names where it was built', () => {
  const args = (wheels: string) => `'--prefix=/usr' '--with-wheel-pkg-dir=${wheels}/share/python-wheels'`;
  const installed = { ...base, configArgs: args('/usr'), basePrefix: '/usr' };
  const unpacked = { ...base, configArgs: args('/opt/x/usr'), basePrefix: '/opt/x/usr' };
  expect(buildDigest(unpacked)).toBe(buildDigest(installed));
});

test.each<readonly [string, Partial<BuildDescription>]>([
  ['configure arguments', { configArgs: pyenv('/home/a/3.13.0', " '--with-lto'") }],
  ['compiler', { compiler: 'Clang 18.1.8' }],
  ['threading', { freeThreaded: true }],
  ['distribution', { distribution: 'python-build-standalone' }],
])('another %s is another build', (_, change) => {
  expect(buildDigest({ ...base, ...change })).not.toBe(buildDigest(base));
});

test('a build without configure arguments and a prefix of / are digested too', () => {
  expect(buildDigest({ ...base, configArgs: '', compiler: '', basePrefix: '/' })).toMatch(/^[0-9a-f]{8}$/);
});

test('what is recorded names no folder of the machine, is one line, and is bounded', () => {
  const { configArgs, compiler, distribution } = buildProvenance({ ...base, compiler: 'GCC\n::warning::12' });
  expect([configArgs, compiler, distribution]).toEqual([pyenv('<prefix>'), 'GCC ::warning::12', 'pyenv']);
  const long = buildProvenance({ ...base, configArgs: 'x'.repeat(60_000), compiler: 'y'.repeat(1000) });
  expect([long.configArgs.length, long.compiler.length]).toEqual([4000, 200]);
});
