import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dependenciesIn, workloadDependencies } from './workload-dependencies.ts';

const script = (...lines: string[]) =>
  ['"""Doc."""', '# /// script', ...lines.map((line) => `# ${line}`), '# ///', 'import asyncio', ''].join('\n');

describe('dependenciesIn', () => {
  it.each([
    [script('dependencies = ["aiohttp"]'), ['aiohttp']],
    [
      script('requires-python = ">=3.9"', 'dependencies = [', '  "aiohttp>=3.9,<4",', "  'httpx[http2]',", ']'),
      ['aiohttp>=3.9,<4', 'httpx[http2]'],
    ],
    [script('dependencies = []'), []],
    [script('requires-python = ">=3.9"'), []],
    ['dependencies = ["not-metadata"]\n', []],
    ['', []],
  ])('%j holds %j', (source, names) => {
    expect(dependenciesIn(source)).toEqual(names);
  });

  it.each([
    [script('dependencies = ["a"'), /script metadata is not valid/],
    [script('dependencies = "a"'), /script metadata is not valid/],
    [script('dependencies = ["-r x"]'), /"-r x" is no requirement/],
    [script('dependencies = ["a @ https://example.org/a.whl"]'), /is no requirement/],
    [script('dependencies = ["--index-url=x"]'), /is no requirement/],
    [script('dependencies = ["uvloop<0.20"]'), /uvloop-version/],
  ])('says what is wrong with %j', (source, message) => {
    expect(dependenciesIn(source)).toMatch(message);
  });

  it.each(['a', 'a==1.0', 'a>=1,<2', 'a[b,c]~=1.4', 'typing-extensions; python_version < "3.11"', 'six==1.16.0'])('takes %s', (name) => {
    expect(dependenciesIn(script(`dependencies = [${JSON.stringify(name)}]`))).toEqual([name]);
  });
});

describe('workloadDependencies', () => {
  it('costs a bad file only itself', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dependencies-'));
    await writeFile(join(folder, 'good.py'), script('dependencies = ["six", "six"]'));
    await writeFile(join(folder, 'bad.py'), script('dependencies = ["-e ."]'));
    const { packages, unusable } = await workloadDependencies(['good', 'bad', 'gone'].map((name) => join(folder, `${name}.py`)));
    expect(packages).toEqual(['six']);
    expect(unusable.map(({ file }) => basename(file))).toEqual(['bad.py', 'gone.py']);
  });
});
