import { type Shard, shardName } from '../model/shard.ts';
import { type Block, code, heading, type Line, paragraph, strong, table, text } from './document.ts';
import { counted } from './names.ts';
import { type TerminalLayout, terminalOf } from './terminal.ts';

/** What of a plan is shown. */
interface ShownPlan {
  readonly shards: readonly Shard[];
  readonly unavailable: readonly { readonly requested: string; readonly reason: string }[];
  readonly notes: readonly string[];
  readonly unknownCosts: string | null;
  readonly unusable: readonly { readonly file: string; readonly reason: string }[];
}

/** The shards of a plan and what each measures, what is planned otherwise than it was asked for, and what no job can have. */
export function renderPlanTerminal({ shards, unavailable, notes, unknownCosts, unusable }: ShownPlan, layout: TerminalLayout): string {
  const rows = shards.map((shard): readonly Line[] => [
    [text(`${shard.index} of ${shards.length}`)],
    [text(shardName(shard.pythons, shard.index))],
    [text(shard.workloads.join(', '))],
  ]);
  const blocks: readonly Block[] = [
    heading(1, 'Plan'),
    paragraph(
      strong(`${counted(shards.length, 'shard')}.`),
      text(' Each is a job of its own: pass one on as '),
      code('--shard'),
      text(' with an entry of the matrix that '),
      code('plan --json'),
      text(' prints.'),
    ),
    table(['Shard', 'Measures', 'Workloads'], rows),
    ...notes.map((note) => paragraph(text(note))),
    ...(unknownCosts === null ? [] : [paragraph(strong('Shared out without stored costs.'), text(` ${unknownCosts}`))]),
    ...unavailable.map(({ requested, reason }) => paragraph(strong(`Not available: ${requested}.`), text(` ${reason}`))),
    ...unusable.map(({ file, reason }) => paragraph(strong(`Not usable: ${file}.`), text(` ${reason}`))),
  ];
  return terminalOf(blocks, layout);
}
