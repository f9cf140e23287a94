import { baselineStore, type Condense } from './baseline-store.ts';
import { folderFiles } from './folder-files.ts';
import type { BaselineStore } from './store.ts';

/** The baseline in a folder. */
export function fileStore(folder: string, condense: Condense): BaselineStore {
  return baselineStore(folderFiles(folder), condense);
}
