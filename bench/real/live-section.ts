import { isRight, type LiveComparison } from './live-file.ts';
import { markdownTable, percent } from './markdown-table.ts';

/** The live comparisons, one a row. */
export function liveSection(live: readonly LiveComparison[]): string {
  const [first] = live;
  if (first === undefined) return '## Live\n\nNot run yet: `npm run bench:real -- live`.';
  const rows = live.map((each): readonly string[] => [
    each.kind === 'null' ? `nothing (${each.what})` : `\`${each.what}\` ${aimedText(each)}`,
    each.changes.length === 0
      ? 'nothing flagged'
      : each.changes.map(({ cell, change, interval, pairs }) => `${cell}: ${change} (${interval}; ${pairs} pairs)`).join('<br>'),
    String(each.exitCode),
    isRight(each) ? 'yes' : '**no**',
    String(each.pairProcesses),
    `${Math.round(each.seconds)} s`,
    each.load.toFixed(1),
  ]);
  const total = live.reduce((sum, { seconds }) => sum + seconds, 0);
  return `## Live

A git repository with a small library and five benchmarks (asyncio and uvloop, a thread pool, one after the other, a queue between threads, run_in_executor; six cells). Each head commit
changes \`library.py\` alone: its text but nothing that it does, or one function by as much work as slows its benchmark by 10 %. On ${first.machine}, Python ${first.python}, in
${(total / 60).toFixed(0)} minutes altogether; four runs of base were stored before.

\`\`\`
${first.command}
\`\`\`

${markdownTable(['what the commit changes', 'what the report says', 'exit code', 'right', 'processes in pairs', 'time', 'load before'], rows)}`;
}

function aimedText({ aimed }: LiveComparison): string {
  return Object.entries(aimed)
    .map(([cell, share]) => `+${percent(share)} in ${cell}`)
    .join(', ');
}
