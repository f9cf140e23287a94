import { existsSync, readFileSync } from 'node:fs';
import { writeAtomically } from '../../src/baseline/atomic-file.ts';
import { UserError } from '../../src/model/user-error.ts';
import { realDocument } from './document.ts';
import { parseComparisons } from './live-file.ts';
import { fewestPairs, pairSets } from './pair-sets.ts';
import { realFigures } from './real-figures.ts';
import { readRecord } from './record-file.ts';

/** Where the table comes from and goes to: absolute paths. */
export interface TableRequest {
  readonly record: string;
  readonly live: string;
  readonly document: string;
  readonly draws: number;
  readonly seed: number;
}

/**
 * Draws pull requests from a record and writes the document; gives its text back.
 *
 * @throws UserError when the record holds no cell with enough pairs
 */
export async function writeTable({ record: path, live, document, draws, seed }: TableRequest): Promise<string> {
  const record = readRecord(path);
  const { recipe } = record;
  const { cells, tooFew } = pairSets(record);
  if (recipe === null || cells.length === 0) {
    throw new UserError(
      `The record ${path} holds no cell with ${fewestPairs.null} null and ${fewestPairs.planted} planted pairs.`,
      'Record them first: npm run bench:real -- record.',
    );
  }
  const comparisons = existsSync(live) ? parseComparisons(readFileSync(live, 'utf8')) : [];
  const figures = realFigures(cells, { draws, seed });
  const text = realDocument({ record: { ...record, recipe }, tooFew, figures, live: comparisons, draws, seed });
  await writeAtomically(document, text);
  return text;
}
