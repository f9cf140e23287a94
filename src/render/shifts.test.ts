import { describe, expect, it, test } from 'vitest';
import { fixtureRuntime } from '../../test/fixtures/results/factory.ts';
import { metricOf } from '../model/metric.ts';
import type { ShiftRow, ShiftTable } from '../tables/shifts.ts';
import { markdownOf } from './markdown.ts';
import { historySentence, renderShiftsTerminal, shiftBlocks, shiftText } from './shifts.ts';

const runtime = fixtureRuntime('3.13.0');
const columns = [{ runtime, label: '3.13.0' }];
const end = (digit: string, day: string) => ({ run: `run-${digit}`, commit: digit.repeat(40), created: `${day}T08:00:00.000Z` });

function row(change: Partial<ShiftRow> = {}): ShiftRow {
  return {
    cell: { workload: 'chat_server', model: 'asyncio', runtime: runtime.id, params: '' },
    ...{ metric: metricOf('wall_per_unit'), cpuModel: 'AMD EPYC 7763', ratio: 1.06, direction: 'worse', before: 20, after: 6, p: 1e-6 },
    ...{ from: end('a', '2026-11-19'), to: end('b', '2026-11-20'), place: 'commit', accepted: null, together: 1, alongside: [] },
    ...change,
  };
}

function shiftTable(rows: readonly ShiftRow[], change: Partial<ShiftTable> = {}): ShiftTable {
  return { rows, histories: 104, tooShort: 0, unclear: 0, expected: 0.104, ...change };
}

describe('a shift in words', () => {
  const noCommit = { run: 'r', commit: null, created: '2026-11-20T08:00:00.000Z' };

  test.each<[Partial<ShiftRow>, string]>([
    [{}, 'slower by 6.0 % since bbbbbbb (2026-11-20)'],
    [{ ratio: 0.9 }, 'faster by 10.0 % since bbbbbbb (2026-11-20)'],
    [{ ratio: 2.5 }, 'slower, ×2.5 since bbbbbbb (2026-11-20)'],
    [{ metric: metricOf('memory_per_unit') }, 'more by 6.0 % since bbbbbbb (2026-11-20)'],
    [{ place: 'between commits' }, 'slower by 6.0 % between aaaaaaa and bbbbbbb (2026-11-20)'],
    [{ place: 'same commit' }, 'slower by 6.0 % between two runs of bbbbbbb (2026-11-20): not by the code'],
    [{ place: 'no commit', to: noCommit }, 'slower by 6.0 % since the run of 2026-11-20'],
    [{ place: 'no commit', from: noCommit }, 'slower by 6.0 % since the run of 2026-11-20'],
  ])('%j', (change, words) => {
    expect(shiftText(row(change))).toBe(words);
  });
});

describe('the shifts of a branch', () => {
  const markdown = (shifts: ShiftTable) => markdownOf(shiftBlocks({ shifts, columns }));

  it('are folded, the worse ones emphasised, and absent where there are none', () => {
    expect(shiftBlocks({ shifts: shiftTable([]), columns })).toEqual([]);
    const shown = markdown(shiftTable([row(), row({ ratio: 0.9, direction: 'better' })]));
    expect(shown).toContain('<summary>Shifts on the base branch (2)</summary>');
    expect(shown).toContain('<b>slower by 6.0 % since bbbbbbb (2026-11-20)</b>');
    expect(shown).not.toContain('<b>faster');
    expect(shown).toContain('less than 1 of the histories would show one by chance');
  });

  it('come with what speaks against blaming the commit', () => {
    const shown = markdown(shiftTable([row({ together: 60, alongside: ['kernel 6.8 → 6.11'] })]));
    expect(shown).toContain('59 other cells: most of them, so look at machine and toolchain first<br>kernel 6.8 → 6.11');
    expect(markdown(shiftTable([row({ together: 3 })]))).toContain('| 2 other cells |');
  });

  it('say who accepted them, whatever they wrote', () => {
    const accepted = { cells: ['*'], commit: 'b'.repeat(40), by: '@octocat', why: 'a | <b>', created: '2026-11-21T08:00:00.000Z' };
    expect(markdown(shiftTable([row({ accepted })]))).toMatch(/by @\u200boctocat on 2026-11-21: a &#124; &#60;b&#62; \|/);
  });

  it('are cut to the newest, and what may be chance is counted', () => {
    const shown = markdown(
      shiftTable(
        Array.from({ length: 23 }, () => row()),
        { unclear: 2 },
      ),
    );
    expect(shown).toContain('And 3 older.');
    expect(shown).toContain('2 more steps are not listed');
    expect(shown.match(/chat&#95;server|`chat_server`/g)).toHaveLength(20);
  });

  it('are all shown at a terminal, and their absence is said', () => {
    const all = renderShiftsTerminal(shiftTable(Array.from({ length: 23 }, () => row())), columns, { width: 160 });
    expect(all.match(/chat_server/g)).toHaveLength(23);
    expect(renderShiftsTerminal(shiftTable([], { unclear: 1, tooShort: 3 }), columns, { width: 160 })).toBe(
      [
        'Shifts on the base branch',
        '─────────────────────────',
        '',
        'No lasting step in 104 histories of cells; 3 histories have fewer than the 14 runs on one CPU model that it can be seen in.',
        '',
        '1 more step is not listed: among so many histories it may be chance. More runs will tell.',
        '',
      ].join('\n'),
    );
  });

  test.each<[Partial<ShiftTable>, string]>([
    [
      { histories: 0, tooShort: 1 },
      'No lasting step can be seen yet; 1 history has fewer than the 14 runs on one CPU model that it can be seen in',
    ],
    [{ histories: 1 }, 'No lasting step in 1 history of a cell'],
    [{ rows: [row()] }, '1 lasting step in 104 histories of cells'],
  ])('in one clause: %#', (change, sentence) => {
    expect(historySentence(shiftTable([], change))).toBe(sentence);
  });
});
