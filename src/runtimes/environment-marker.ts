import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { INSTALL_FAILURE_CAUSES, type InstallFailure } from './install-failure.ts';
import type { Interpreter } from './interpreter.ts';
import { parseJson } from './parse-json.ts';

/** What an environment is made from: two environments of one recipe are interchangeable. */
export interface EnvironmentRecipe {
  /** Real path of the interpreter. */
  readonly interpreter: string;
  readonly python: string;
  readonly build: string;
  /** Requirements as pip and uv take them, sorted. */
  readonly requirements: readonly string[];
}

/** Written into an environment when it is complete. A folder without one was left half-made and is made again. */
export interface EnvironmentMarker {
  readonly recipe: EnvironmentRecipe;
  /** Installed versions by normalised name, as probed after the installation. */
  readonly packages: Readonly<Record<string, string>>;
  /** Requirements that cannot be met as indexes are now, and why. What is in neither list is tried again. */
  readonly refused: Readonly<Record<string, InstallFailure>>;
  /** Requirements that were installed. */
  readonly installed: readonly string[];
  /** Until when what an index may answer anew is taken as it is, seconds since 1970. */
  readonly freshUntil: number;
}

const MARKER_FILE = 'environment.json';
const MARKER_VERSION = 2;
/** Hexadecimal digits of a folder's name: 48 bits, far from any collision among the environments of one machine. */
const NAME_LENGTH = 12;

const markerSchema = z.object({
  version: z.literal(MARKER_VERSION),
  recipe: z.object({ interpreter: z.string(), python: z.string(), build: z.string(), requirements: z.array(z.string()) }),
  packages: z.record(z.string(), z.string()),
  refused: z.record(z.string(), z.object({ cause: z.enum(INSTALL_FAILURE_CAUSES), complaint: z.string() })),
  installed: z.array(z.string()),
  freshUntil: z.number(),
});

/** The recipe of an environment of this interpreter with these requirements. */
export function environmentRecipe(interpreter: Interpreter, requirements: readonly string[]): EnvironmentRecipe {
  const { version, build } = interpreter.facts;
  return { interpreter: interpreter.realPath, python: version, build, requirements: [...new Set(requirements)].sort() };
}

/**
 * The folder name of a recipe. Short and always of the same length: the length of the paths a process gets moves its
 * stack and with it its speed, so that environments that are compared must not differ in it.
 */
export function environmentName(recipe: EnvironmentRecipe): string {
  return createHash('sha256').update(canonical(recipe)).digest('hex').slice(0, NAME_LENGTH);
}

/** Reads the marker of an environment; undefined when there is none, it cannot be read, or it is of another recipe. */
export async function readMarker(folder: string, recipe: EnvironmentRecipe): Promise<EnvironmentMarker | undefined> {
  const text = await readFile(join(folder, MARKER_FILE), 'utf8').catch(() => '');
  const marker = markerSchema.safeParse(parseJson(text));
  return marker.success && canonical(marker.data.recipe) === canonical(recipe) ? marker.data : undefined;
}

/** Writes the marker in one step, last of all. */
export async function writeMarker(folder: string, marker: EnvironmentMarker): Promise<void> {
  const draft = join(folder, `${MARKER_FILE}.new`);
  await writeFile(draft, `${JSON.stringify({ version: MARKER_VERSION, ...marker }, null, 2)}\n`);
  await rename(draft, join(folder, MARKER_FILE));
}

function canonical({ interpreter, python, build, requirements }: EnvironmentRecipe): string {
  return JSON.stringify([interpreter, python, build, ...requirements]);
}
