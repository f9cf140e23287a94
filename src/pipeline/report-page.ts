import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../model/user-error.ts';
import type { Hashed, PageParts } from '../render/html/html-report.ts';
import { pageFormat } from '../render/html/page-data.ts';

const script = 'report-page.js';

/** Where the build puts the texts of the page: beside the bundle that this is part of; run from source, in dist. */
const built = existsSync(join(import.meta.dirname, script)) ? import.meta.dirname : join(import.meta.dirname, '..', '..', 'dist');

const remedy = 'Use a whole checkout of a release, or run "npm run build" after changing the source.';

/**
 * The script and the style that stand in the HTML report.
 *
 * @throws UserError for a text that is not there, and for a script that was built for the data of another version
 */
export async function pageParts(folder = built): Promise<PageParts> {
  const [code, style] = await Promise.all([hashed(join(folder, script)), hashed(join(folder, 'report-page.css'))]);
  if (!code.text.includes(pageFormat)) {
    throw new UserError(`${join(folder, script)} was built from another version of the source than what writes its data.`, remedy);
  }
  return { script: code, style };
}

async function hashed(path: string): Promise<Hashed> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new UserError(`A part of the page cannot be read (${error instanceof Error ? error.message : error}).`, remedy);
  });
  return { text, digest: createHash('sha256').update(text).digest('base64') };
}
