import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { refuse } from './bundler-log.ts';

const folder = join(import.meta.dirname, '..', 'src', 'page');
const styles = ['page.css', 'layout.css', 'report.css', 'cells.css', 'chart.css'] as const;

/** The texts that a page of a report is made with, and the modules in its script, as absolute paths. */
export interface BundledPage {
  readonly script: string;
  readonly style: string;
  readonly modules: readonly string[];
}

/** Bundles what runs in the page of a report: it stands in every page, so it is made small. */
export async function bundlePage(): Promise<BundledPage> {
  const graph = await rolldown({ input: join(folder, 'page.ts'), cwd: folder, platform: 'browser', treeshake: true, onLog: refuse });
  try {
    const { output } = await graph.generate({ format: 'esm', codeSplitting: false, minify: true, comments: { legal: false } });
    const [chunk] = output;
    const style = (await Promise.all(styles.map((name) => readFile(join(folder, name), 'utf8')))).join('\n');
    return { script: inElement(chunk.code, 'script'), style: inElement(style, 'style'), modules: Object.keys(chunk.modules) };
  } finally {
    await graph.close();
  }
}

/** A text that would end the element it stands in is refused: it could not be escaped there. */
function inElement(text: string, tag: string): string {
  if (new RegExp(`</${tag}|<!--`, 'i').test(text)) throw new Error(`the ${tag} of the page ends its own element`);
  return text.trim();
}
