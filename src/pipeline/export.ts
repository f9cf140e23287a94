import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { writeAtomically } from '../baseline/atomic-file.ts';
import type { Options } from '../config/options.ts';
import { workingFolder } from '../config/working-folder.ts';
import { checkLooks, checkParts } from '../judge/check-parts.ts';
import { judgeParts } from '../judge/judge-parts.ts';
import { type ExportFormat, exportFiles } from '../model/export-format.ts';
import { type ExportedRun, renderExport } from '../render/export.ts';
import type { Exported } from '../render/exported.ts';
import { buildReport } from '../tables/report.ts';
import type { ExportCommand } from '../terminal/export-arguments.ts';
import { openBaseline } from './baseline.ts';
import { collectResults } from './collect.ts';
import { partsWithBaselines } from './report-parts.ts';
import { runRules } from './rules.ts';
import { type Surroundings, stateFolder } from './surroundings.ts';

/**
 * Exports the results of one run: writes the file that the command names, else gives the text to be printed. What the format
 * has no place for is noted.
 *
 * @throws UserError for files that cannot be read or do not belong together
 */
export async function exportRun(command: ExportCommand, options: Options, surroundings: Surroundings): Promise<string> {
  const { text, omitted } = await exportResults(command, options, surroundings);
  for (const line of omittedLines(command.format, omitted)) surroundings.progress.note(line);
  if (command.output === null) return text;
  const path = resolve(surroundings.cwd, options['working-directory'], command.output);
  await writeAtomically(path, text);
  return `Export: ${path}\n`;
}

/** Judges the results again, as `report` does, and stores nothing. */
async function exportResults({ results, format }: ExportCommand, options: Options, surroundings: Surroundings): Promise<Exported> {
  const folder = await workingFolder(resolve(surroundings.cwd, options['working-directory']));
  const { parts: files, missing } = checkParts(await collectResults(results, folder));
  checkLooks(files, options['confirm-pairs']);
  const { parts, warnings } = await partsWithBaselines(files, openBaseline(options, surroundings, folder), []);
  const judged = judgeParts(parts, missing, runRules(options));
  const report = buildReport({
    results: { ...judged.results, warnings: [...judged.results.warnings, ...warnings] },
    baselineRuns: [],
    parts,
    storesBaseline: false,
    judgement: judged.judgement,
  });
  return renderExport(format, { report, results: judged.results });
}

/** Where the exports of a report lie. */
export interface ExportPlace {
  /** Absolute path of the working directory. */
  readonly folder: string;
  readonly surroundings: Pick<Surroundings, 'progress'>;
}

/**
 * Writes a judged run in each of the formats, beside the report, and says what a format has no place for. Whatever comes of
 * it, no file of an earlier run is left: it would be taken for this one's.
 *
 * @throws UserError for a format that has no way to write this run
 */
export async function writeExports(formats: readonly ExportFormat[], run: ExportedRun, place: ExportPlace): Promise<void> {
  for (const format of formats) {
    const path = join(place.folder, stateFolder, 'exports', exportFiles[format]);
    await rm(path, { force: true });
    const { text, omitted } = renderExport(format, run);
    await writeAtomically(path, text);
    place.surroundings.progress.note(`Export: ${path}`);
    for (const line of omittedLines(format, omitted)) place.surroundings.progress.note(line);
  }
}

/** Most sentences on what is left out: a run of ten thousand cells would bury everything else. */
const mostTold = 20;

/** What a format has no place for, a line each, and how many more there are. */
function omittedLines(format: ExportFormat, omitted: readonly string[]): readonly string[] {
  const told = omitted.slice(0, mostTold).map((sentence) => `Not in the ${format} export: ${sentence}`);
  const more = omitted.length - told.length;
  return more === 0 ? told : [...told, `Not in the ${format} export: ${more} more.`];
}
