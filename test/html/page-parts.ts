import { createHash } from 'node:crypto';
import { bundlePage } from '../../scripts/page.ts';
import type { Hashed, PageParts } from '../../src/render/html/html-report.ts';

/** The two texts of a page, made from source. */
export async function pageParts(): Promise<PageParts> {
  const { script, style } = await bundlePage();
  return { script: hashed(script), style: hashed(style) };
}

function hashed(text: string): Hashed {
  return { text, digest: createHash('sha256').update(text).digest('base64') };
}
