import { readFile } from 'node:fs/promises';
import { parse } from 'smol-toml';
import { z } from 'zod';
import type { UnusableFile } from './workload-files.ts';

/** The block of inline script metadata, by the reference expression of PEP 723. */
const block = /^# \/\/\/ script$\s(?<content>(?:^#(?:| .*)$\s)+)^# \/\/\/$/m;

const metadata = z.object({ dependencies: z.array(z.string()).default([]) });

/** What workload files ask for. */
export interface WorkloadDependencies {
  /** Requirements, without repeats, in order. */
  readonly packages: readonly string[];
  /** Files whose metadata cannot be used, with what is wrong and what to do. */
  readonly unusable: readonly UnusableFile[];
}

/** The packages that workload files ask for in their inline script metadata (PEP 723). A bad file costs only itself. */
export async function workloadDependencies(files: readonly string[]): Promise<WorkloadDependencies> {
  const packages: string[] = [];
  const unusable: UnusableFile[] = [];
  for (const file of files) {
    const found = await dependenciesOf(file);
    if (typeof found === 'string') unusable.push({ file, reason: found });
    else packages.push(...found);
  }
  return { packages: [...new Set(packages)], unusable };
}

async function dependenciesOf(file: string): Promise<readonly string[] | string> {
  const source = await readFile(file, 'utf8').catch((error: unknown) => error);
  if (typeof source !== 'string') return `It cannot be read: ${reasonOf(source)}. Check its permissions.`;
  return dependenciesIn(source);
}

/** A name, extras and version clauses of PEP 508: what an index can be asked for. No options, no addresses. */
const requirement =
  /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?\s*(?:\[[A-Za-z0-9._,\s-]*\])?\s*(?:[=<>!~]=?=?\s*[A-Za-z0-9.*+!_-]+\s*,?\s*)*(?:;.*)?$/;

/** The `dependencies` of one source, empty when it has no metadata; or what is wrong with them and what to do. */
export function dependenciesIn(source: string): readonly string[] | string {
  const content = block.exec(source)?.groups?.['content'];
  if (content === undefined) return [];
  try {
    const { dependencies } = metadata.parse(parse(content.replaceAll(/^# ?/gm, '')));
    return dependencies.map(whyNotRequirement).find((reason) => reason !== null) ?? dependencies;
  } catch (error) {
    return `Its script metadata is not valid: ${reasonOf(error)}. Write # dependencies = ["name>=1.2"] as PEP 723 has it.`;
  }
}

function whyNotRequirement(text: string): string | null {
  if (!requirement.test(text))
    return `Its dependency "${text.slice(0, 80)}" is no requirement. Write a name with versions, such as "name>=1.2".`;
  if (/^uvloop\b/i.test(text))
    return 'It depends on uvloop, which belongs to the runtime. Leave it out and use the option "uvloop-version".';
  return null;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
}
