import { cellId } from '../../src/model/cell.ts';
import type { Results } from '../../src/model/results.ts';
import { runtimeLabel } from '../../src/model/runtime.ts';

/** What the bench found. */
export interface ShardsOutcome {
  readonly include: readonly { readonly name: string }[];
  readonly parts: readonly Results[];
  /** Wall seconds of measuring all shards, one after the other. */
  readonly seconds: number;
  readonly all: { readonly cells: ReadonlySet<string> };
  readonly same: { readonly shards: boolean; readonly job: boolean };
}

/** The outcome as Markdown. */
export function shardsDocument({ include, parts, seconds, all, same }: ShardsOutcome): string {
  const cells = parts.flatMap(({ samples }) => [...new Set(samples.map(({ cell }) => cellId(cell)))]);
  const lost = [...all.cells].filter((id) => !cells.includes(id));
  const more = cells.filter((id) => !all.cells.has(id));
  const rows = parts.map((part, index) => row(include[index]?.name ?? '', part));
  return `# One report over many shards

Made by \`npm run bench:shards\`: a plan over several Pythons and two uvloops, every shard measured in a process and a folder of its
own, one report over all of them. The same tree is base and head (a null run), and one cell of each shard is measured in pairs.

| shard | runtimes | cells | processes | pairs |
| --- | --- | ---: | ---: | ---: |
${rows.join('\n')}

- Cells in all: ${cells.length}, each once: ${new Set(cells).size === cells.length ? 'yes' : 'NO'}. Measured in ${Math.round(seconds)} s, one shard after the other.
- Cells of mode \`all\` on the same options: ${all.cells.size}; not in the shards: ${lost.length}; only in the shards: ${more.length}.
- The report over the shards and the report of one job on the same samples are the same bytes: ${same.shards ? 'yes' : 'NO'}.
- The report that mode \`all\` wrote and the one that \`report\` makes of its results file are the same bytes: ${same.job ? 'yes' : 'NO'}.
`;
}

function row(name: string, { runtimes, samples, comparison }: Results): string {
  const cells = new Set(samples.map(({ cell }) => cellId(cell))).size;
  const pairs =
    comparison?.pairs.kind === 'pairs' ? comparison.pairs.run.series.flatMap(({ outcome }) => [...outcome.pairs.values()].flat()) : [];
  const labels = runtimes.map((runtime) => `${runtimeLabel(runtime)} + uvloop ${runtime.packages['uvloop'] ?? 'none'}`);
  return `| ${name.replace(/\/\S*\//, '…/')} | ${labels.join(', ')} | ${cells} | ${samples.length} | ${pairs.length} |`;
}
