import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '..');

/** The parts of action.yml that README repeats. */
interface ActionMetadata {
  readonly inputs: Readonly<Record<string, { readonly description: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
}

/** The README with its tables of inputs and outputs made anew from the text of action.yml. */
export function withTables(readme: string, actionYml: string): string {
  const { inputs, outputs }: ActionMetadata = parse(actionYml);
  return replaced(replaced(readme, 'inputs', table('input', inputs)), 'outputs', table('output', outputs));
}

function table(name: string, entries: ActionMetadata['inputs']): string {
  const rows = Object.entries(entries).map(([key, { description }]) => `| \`${key}\` | ${description} |`);
  return [`| ${name} | what it is |`, '| --- | --- |', ...rows].join('\n');
}

function replaced(text: string, name: string, content: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [before, rest] = text.split(start);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`README.md has no ${start} … ${end}`);
  return `${before}${start}\n${content}\n${end}${after}`;
}

if (import.meta.main) {
  const path = join(root, 'README.md');
  writeFileSync(path, withTables(readFileSync(path, 'utf8'), readFileSync(join(root, 'action.yml'), 'utf8')));
}
