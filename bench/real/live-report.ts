/** A confirmed change, as the report tells it. */
export interface ReportedChange {
  /** "lines sequential". */
  readonly cell: string;
  readonly verdict: 'regression' | 'improvement';
  /** "slower by 12.4 %". */
  readonly change: string;
  /** "+9.8 % to +15.1 %". */
  readonly interval: string;
  readonly pairs: number;
}

/** What a report says in short. */
export interface ReportSummary {
  /** Its first sentence. */
  readonly conclusion: string;
  readonly changes: readonly ReportedChange[];
  /** Processes that were run for pairs; 0 where none were needed. */
  readonly pairProcesses: number;
}

/** Reads the Markdown report of `run`. A row of another form than expected is no change and shows in the conclusion's count. */
export function readMarkdownReport(markdown: string): ReportSummary {
  const section = /^## Changes$([\s\S]*?)(?=^## |$(?![\s\S]))/m.exec(markdown)?.[1] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  const conclusion = plain(/<b>(.+?)<\/b>/.exec(markdown)?.[1] ?? '');
  return { conclusion, changes: rows.flatMap(changeIn), pairProcesses: processesIn(markdown) };
}

/** Reads what `pairs` prints. Its table wraps, so rows are read from the text without its line breaks: the first ones are the regressions. */
export function readPairsOutput(text: string): ReportSummary {
  const flat = text.replaceAll(/\s+/g, ' ');
  const conclusion = /Base and head in pairs [^\p{L}\d]*(.*?\.)/u.exec(flat)?.[1] ?? '';
  const rows = flat.matchAll(
    /([a-z_]+) (sequential|threads|thread pool|asyncio|uvloop|run_in_executor) \S+ \S+ → \S+ \S+ (slower by [\d.]+ %) (\d+)/g,
  );
  const count = Number(/(\d+) regressions?\./.exec(conclusion)?.[1] ?? 0);
  const changes = [...rows].slice(0, count).map(
    ([, name = '', model = '', change = '', pairs = '']): ReportedChange => ({
      ...{ cell: `${name} ${model}`, verdict: 'regression', change, interval: '' },
      pairs: Number(pairs),
    }),
  );
  return { conclusion, changes, pairProcesses: processesIn(flat) };
}

function processesIn(text: string): number {
  return Number(/in turns(?: on this machine)?, (\d+) process|(\d+) processes in turns/.exec(text)?.slice(1).find(Boolean) ?? 0);
}

function changeIn(row: string): readonly ReportedChange[] {
  const [cell = [], change = [], , pairs = []] = row
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((column) => column.split(/<br ?\/?>/).map(plain));
  const verdict = cell.at(-1);
  if (verdict !== 'regression' && verdict !== 'improvement') return [];
  return [{ cell: cell[0] ?? '', verdict, change: change[0] ?? '', interval: change[1] ?? '', pairs: Number.parseInt(pairs[0] ?? '', 10) }];
}

/** Text without marks: bold, code, escapes, entities of spaces, notes. */
function plain(text: string): string {
  return text
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/[*`\\]/g, '')
    .replaceAll(/&nbsp;|\u00a0/g, ' ')
    .trim();
}
