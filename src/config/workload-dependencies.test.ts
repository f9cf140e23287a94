import { describe, expect, it } from 'vitest';
import { dependenciesIn } from './workload-dependencies.ts';

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
    expect(dependenciesIn('x.py', source)).toEqual(names);
  });

  it.each([[script('dependencies = ["a"')], [script('dependencies = "a"')]])('names the file of %j', (source) => {
    expect(() => dependenciesIn('bench/x.py', source)).toThrow(/script metadata of bench\/x\.py is not valid/);
  });
});
