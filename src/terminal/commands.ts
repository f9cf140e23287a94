import { baselineEntries } from './baseline-arguments.ts';
import type { CommandEntry } from './command-entry.ts';
import { compareEntry } from './compare-arguments.ts';
import { completionEntry } from './completion-arguments.ts';
import { exportEntry } from './export-arguments.ts';
import { helpEntry } from './help-arguments.ts';
import { initEntry } from './init-arguments.ts';
import { checkWorkloadEntry, doctorEntry, measureEntry, pairsEntry, planEntry, reportEntry, runEntry } from './measuring-arguments.ts';
import { simulateEntry } from './simulate-arguments.ts';

/** Every command, in the order in which the help lists them. A new one is a file beside this one and a line here. */
export const commands: readonly CommandEntry[] = [
  runEntry,
  planEntry,
  measureEntry,
  reportEntry,
  compareEntry,
  exportEntry,
  pairsEntry,
  ...baselineEntries,
  checkWorkloadEntry,
  doctorEntry,
  initEntry,
  simulateEntry,
  completionEntry,
  helpEntry,
];
