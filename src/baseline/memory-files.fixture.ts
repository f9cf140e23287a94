import { type BaselineFiles, namesOf } from './baseline-files.ts';

/** Files in memory, and how often they were written. */
export interface MemoryFiles extends BaselineFiles {
  readonly texts: Map<string, string>;
  writes: number;
}

/** An empty baseline in memory, or one of these texts. */
export function memoryFiles(content: Readonly<Record<string, string>> = {}): MemoryFiles {
  const texts = new Map(Object.entries(content));
  const files: MemoryFiles = {
    texts,
    writes: 0,
    where: 'memory',
    list: async () => [...texts.keys()].toSorted(),
    read: async (names) => new Map(names.flatMap((name) => (texts.has(name) ? [[name, texts.get(name) ?? ''] as const] : []))),
    change: async (_summary, choice, edit) => {
      const there = await files.list();
      const changes = edit(await files.read(namesOf(choice, there)), there);
      if (changes.size > 0) files.writes += 1;
      for (const [name, text] of changes) {
        if (text === null) texts.delete(name);
        else texts.set(name, text);
      }
      return [];
    },
  };
  return files;
}
