import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type RolldownOutput, rolldown } from 'rolldown';
import { refuse } from './bundler-log.ts';
import { licencesOf } from './licenses.ts';
import { bundlePage } from './page.ts';

const root = join(import.meta.dirname, '..');

const doors = ['action', 'post', 'cli'] as const;

/**
 * Bundles the doors, each into one self-contained file, and the two texts that the page of a report is made with: an
 * action runs from a checkout that has no node_modules.
 */
export async function build(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const modules: string[] = [];
  for (const door of doors) modules.push(...(await bundle(door, folder)));
  const page = await bundlePage();
  await writeFile(join(folder, 'report-page.js'), `${page.script}\n`);
  await writeFile(join(folder, 'report-page.css'), `${page.style}\n`);
  await writeFile(join(folder, 'licenses.txt'), licencesOf([...modules, ...page.modules]));
  await chmod(join(folder, 'cli.mjs'), 0o755);
}

/** The modules that went into the door, as absolute paths. */
async function bundle(door: (typeof doors)[number], folder: string): Promise<readonly string[]> {
  const input = join(root, 'src', `${door}.ts`);
  const graph = await rolldown({ input, cwd: root, platform: 'node', treeshake: true, onLog: refuse });
  try {
    const written: RolldownOutput = await graph.write({
      file: join(folder, `${door}.mjs`),
      format: 'esm',
      codeSplitting: false,
      minify: 'dce-only',
      comments: { legal: false },
    });
    return written.output.flatMap((chunk) => (chunk.type === 'chunk' ? Object.keys(chunk.modules) : []));
  } finally {
    await graph.close();
  }
}

if (import.meta.main) await build(join(root, 'dist'));
