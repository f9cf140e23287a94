import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfigFile } from './config-file.ts';

async function file(content: string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'config-')), 'concurrency.yml');
  await writeFile(path, content);
  return path;
}

describe('readConfigFile', () => {
  it('reads a mapping', async () => {
    expect(await readConfigFile(await file('processes: 7\nmodels: [threads, asyncio]\n'), true)).toEqual({
      processes: 7,
      models: ['threads', 'asyncio'],
    });
  });

  it('takes an empty file for no options', async () => {
    expect(await readConfigFile(await file('# nothing yet\n'), true)).toEqual({});
  });

  it('lets a file that was only looked for be missing, and one that was named not', async () => {
    const missing = join(tmpdir(), 'no-such-folder', 'x.yml');
    expect(await readConfigFile(missing, false)).toEqual({});
    await expect(readConfigFile(missing, true)).rejects.toThrow(/cannot be opened.*Check the option "config"/);
  });

  it.each([
    ['models: [threads\n', /line \d+ is not valid YAML/],
    ['- threads\n', /is not a mapping/],
    ['just text\n', /is not a mapping/],
    ['config: other.yml\n', /names another config file/],
    ['github-token: ghs_abc\n', /holds "github-token".*does not belong in a file.*revoke it/],
    ['a: &a [1]\nb: *a\n', /not valid YAML/],
    [`models: ${'['.repeat(40_000)}${']'.repeat(40_000)}\n`, /it has 80009 characters, and at most 65536 are read/],
    ['#'.repeat(300_000), /cannot be opened: it has 300000 bytes, and at most 262144 are read/],
  ])('refuses %j', async (content, message) => {
    await expect(readConfigFile(await file(content), true)).rejects.toThrow(message);
  });

  it('refuses what is no file, because it may have no end', async () => {
    await expect(readConfigFile('/dev/zero', true)).rejects.toThrow(/cannot be opened: it is no regular file/);
  });

  it('does not repeat a token that it refuses', async () => {
    await expect(readConfigFile(await file('github-token: ghs_abc\n'), true)).rejects.not.toThrow(/ghs_abc/);
  });
});
