import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { readConfigFile } from './config-file.ts';
import { type InitOptions, optionsFile } from './init-options.ts';
import { readOptions } from './options.ts';

const nothing: InitOptions = { workloads: ['core'], pythons: null, install: null };

async function readBack(text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'init-options-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'concurrency.yml');
  writeFileSync(path, text);
  return readOptions([{ source: path, given: await readConfigFile(path, true) }]);
}

describe('optionsFile', () => {
  it('is the file that the program looks for', () => {
    expect(optionsFile(nothing).path).toBe('.github/concurrency.yml');
  });

  it('says nothing but the defaults where nothing was chosen', async () => {
    expect(await readBack(optionsFile(nothing).text)).toEqual(readOptions([]));
  });

  it('shows defaults in its comments', async () => {
    const uncommented = optionsFile(nothing).text.replaceAll(/^# (?=[a-z-]+: )/gm, '');
    const { 'python-version': pythons, install, ...others } = await readBack(uncommented);
    const { 'python-version': _, install: __, ...defaults } = readOptions([]);
    expect(others).toEqual(defaults);
    expect({ pythons, install }).toEqual({ pythons: ['all'], install: 'pip install .' });
    expect(Object.keys(parse(uncommented))).toEqual(['workloads', 'python-version', 'install', 'target', 'margin', 'fail-on', 'warn-on']);
  });

  it.each([
    ['3.10', 'pip install .'],
    ['3.13t', `pip install '.[fast]' "b" # c`],
    ['>=3.11', 'pip install a\npip install b: c'],
    ['/opt/my-python', `- ${'${'}{ secrets.X }} &a *b !c | > % @`],
    ['3.13.0', 'x\u2028y\u0085z\u001b[1m\t"'],
  ])('says what was chosen: %j and %j', async (python, install) => {
    const { text } = optionsFile({ workloads: ['core', './b/*.py', '!chat_*'], pythons: [python], install });
    const options = await readBack(text);
    expect(options).toEqual({ ...readOptions([]), workloads: ['core', './b/*.py', '!chat_*'], 'python-version': [python], install });
  });

  it('says what was chosen whatever it is', async () => {
    const word = fc.string({ unit: 'binary', minLength: 1 }).filter((text) => !/[\s,]/.test(text));
    const command = fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }).map((text) => text.replaceAll('\0', '').trim());
    await fc.assert(
      fc.asyncProperty(fc.array(word, { minLength: 1 }), fc.array(word, { minLength: 1 }), command, async (workloads, pythons, install) => {
        fc.pre(install !== '');
        const options = await readBack(optionsFile({ workloads, pythons, install }).text);
        expect(options).toEqual({ ...readOptions([]), workloads, 'python-version': pythons, install });
      }),
      { seed: 6, numRuns: 100 },
    );
  });
});
