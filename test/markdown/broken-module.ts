import { vi } from 'vitest';

/** A module as it would be if functions of another one that it rests on were the given ones. */
export async function withParts<Loaded>(
  name: 'markdown-escape' | 'plain-text',
  parts: object,
  load: () => Promise<Loaded>,
): Promise<Loaded> {
  const path = `../../src/render/${name}.ts`;
  vi.resetModules();
  vi.doMock(path, async (original) => ({ ...(await original<object>()), ...parts }));
  const broken = await load();
  vi.doUnmock(path);
  vi.resetModules();
  return broken;
}
