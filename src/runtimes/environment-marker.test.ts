import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EnvironmentMarker, environmentName, readMarker, writeMarker } from './environment-marker.ts';

const recipe = { interpreter: '/p/bin/python3.13', python: '3.13.0', build: '1a2b3c4d', requirements: ['aiohttp', 'uvloop==0.22.1'] };
const marker: EnvironmentMarker = {
  recipe,
  packages: { aiohttp: '3.14.3' },
  refused: { 'uvloop==0.22.1': { cause: 'no version', complaint: 'no wheel' } },
  installed: ['aiohttp'],
  freshUntil: 1_800_000_000,
};
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'marker-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('a marker is read back for its own recipe only', async () => {
  await writeMarker(folder, marker);
  expect(await readMarker(folder, recipe)).toMatchObject(marker);
  expect(await readMarker(folder, { ...recipe, build: 'ffffffff' })).toBeUndefined();
  expect(await readMarker(folder, { ...recipe, python: '3.13.1' })).toBeUndefined();
  expect(await readMarker(folder, { ...recipe, requirements: ['aiohttp'] })).toBeUndefined();
  expect(await readMarker(join(folder, 'none'), recipe)).toBeUndefined();
});

test.each(['', '{', 'null', '[]', '{"version":1}', JSON.stringify({ version: 1, ...marker })])(
  'a damaged marker %j is none',
  async (text) => {
    await writeFile(join(folder, 'environment.json'), text);
    expect(await readMarker(folder, recipe)).toBeUndefined();
  },
);

test('names are of one length whatever the recipe, and differ with it', () => {
  const recipes = [
    recipe,
    { ...recipe, python: '3.14.10' },
    { ...recipe, requirements: [] },
    { ...recipe, interpreter: `/${'x'.repeat(200)}` },
  ];
  const names = recipes.map(environmentName);
  expect(new Set(names).size).toBe(recipes.length);
  expect(new Set(names.map((name) => name.length))).toEqual(new Set([12]));
});
