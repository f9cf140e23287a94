import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Block, code, heading, paragraph, table, text } from './document.ts';
import { utf8Bytes } from './plain-text.ts';
import { ladderMarkdown, type Rung } from './size-ladder.ts';

const rows = (name: string, count: number, width = 80) =>
  Array.from({ length: count }, (_, row) => [[text(`${name} ${row} ${'x'.repeat(width)}`)]]);
const rung = (title: string, worth: number, floor: number, ...blocks: readonly Block[]): Rung => ({ title, blocks, worth, floor });
const section = (title: string, count: number) => [heading(2, title), table([title], rows(title, count))];
const fold = (title: string, count: number): Block => ({ kind: 'fold', summary: title, blocks: [table([title], rows(title, count))] });

const head = rung('head', Number.POSITIVE_INFINITY, 0, paragraph(text('The answer.')));
const changes = rung('changes', 3, 5, ...section('changes', 40));
const overview = rung('overview', 2, 4, ...section('overview', 10));
const scaling = rung('scaling', 1, 0, fold('scaling', 20));
const cells = rung('cells', 0, 0, fold('cells', 30));
const rungs = [head, changes, overview, cells, scaling];
const end = [paragraph(text('The end.'))];

const at = (limit: number) => ladderMarkdown(rungs, end, { limit, whole: 'the file' });
const whole = utf8Bytes(at(1e6));
/** Rows, less the head of the table: of a table that is gone, not even that is left. */
const gone = -1;
const left = (markdown: string) =>
  ['cells', 'scaling', 'overview', 'changes'].map(
    (name) => markdown.split('\n').filter((line) => line.startsWith(`| ${name} `)).length - 1,
  );

/** Whether nothing was shortened before its turn: each to its floor before the next, and below it only after that. */
function orderKept([cellRows = 0, scalingRows = 0, overviewRows = 0, changeRows = 0]: readonly number[]): boolean {
  const turns: readonly (readonly [boolean, boolean])[] = [
    [scalingRows < 20, cellRows === gone],
    [overviewRows < 10, scalingRows === gone],
    [changeRows < 40, overviewRows <= 4],
    [overviewRows < 4, changeRows <= 5],
    [changeRows < 5, overviewRows === gone],
  ];
  return turns.every(([shortened, before]) => !shortened || before);
}

describe('the ladder', () => {
  test('leaves a document that fits as it is', () => {
    expect(left(at(whole))).toEqual([30, 20, 10, 40]);
    expect(at(whole)).not.toContain('left out');
  });

  test('shortens what is least worth first, then the next, each to its floor, then below', () => {
    const limits = Array.from({ length: Math.floor((whole - 700) / 50) }, (_, step) => whole - 1 - 50 * step);
    const lefts = limits.map((limit) => left(at(limit)));
    for (const rowsLeft of lefts) expect(orderKept(rowsLeft), String(rowsLeft)).toBe(true);
    const sums = lefts.map((rowsLeft) => rowsLeft.reduce((sum, each) => sum + each, 0));
    expect(sums).toEqual(sums.toSorted((one, other) => other - one));
    expect(lefts[0]).toEqual([29, 20, 10, 40]);
    expect(lefts.at(-1)?.slice(0, 3)).toEqual([gone, gone, gone]);
  });

  test('says at each place how many rows are missing, and names what is gone altogether', () => {
    const markdown = at(whole - 2000);
    expect(markdown).toMatch(/\n\n\d+ more rows are left out here to keep within the size limit; see the file\.\n\n<\/details>/);
    const shorter = at(1500);
    expect(shorter).toContain(
      'These parts are left out here to keep within the size limit; for them see the file:\n\n- cells: 30 rows\n- scaling: 20 rows\n',
    );
    expect(shorter).toMatch(/^The answer\./);
    expect(shorter).toMatch(/The end\.\n$/);
  });

  test('refuses a limit that what must stay does not fit in', () => {
    expect(() => at(40)).toThrow(RangeError);
  });

  test('shortens lists and long texts too, and no heading is left over nothing', () => {
    const long = [
      heading(2, 'Broken'),
      { kind: 'list', items: rows('item', 30).flat() } as const,
      heading(3, 'Output'),
      { kind: 'verbatim', text: 'x'.repeat(4000) } as const,
    ];
    const only = (limit: number) => ladderMarkdown([head, rung('broken', 1, 0, ...long)], [], { limit, whole: 'the file' });
    expect(only(3400)).toMatch(/- item 29 x+\n\n1 more entry is left out here/);
    expect(only(3400)).not.toContain('Output');
    expect(only(2000)).toMatch(/\d+ more entries are left out here/);
    expect(only(180)).toContain('- broken: 31 entries');
    expect(only(180)).not.toContain('## Broken');
  });

  test('takes along the notes that nothing refers to any more', () => {
    const marked = table(
      ['a'],
      [0, 1, 2].map((number) => [[text(`${number} ${'y'.repeat(300)}`), { kind: 'note', number } as const]]),
    );
    const notes: Block = { kind: 'notes', notes: [0, 1, 2].map((number) => ({ number, text: `note ${number}` })), headed: true };
    const all = [rung('table', 0, 0, marked), rung('notes', 1, 0, notes)];
    const markdown = ladderMarkdown(all, [], { limit: 900, whole: 'the file' });
    expect(markdown).toContain('note 0');
    expect(markdown).not.toContain('note 2');
    expect(ladderMarkdown(all, [], { limit: 200, whole: 'the file' })).not.toContain('### Notes');
  });

  test('keeps any limit, closes what it opens and cuts no character, whatever the texts', () => {
    const word = fc.string({ unit: 'binary', maxLength: 60 });
    const block = fc.oneof(
      word.map((content) => paragraph(text(content))),
      fc.array(word, { maxLength: 40 }).map((items): Block => ({ kind: 'list', items: items.map((item) => [code(item)]) })),
      fc.array(word, { maxLength: 40 }).map(
        (cellsOf): Block =>
          table(
            ['a', 'b'],
            cellsOf.map((content) => [[text(content)], [code(content)]]),
          ),
      ),
      word.map((content): Block => ({ kind: 'verbatim', text: `${content}\n\`\`\`\n${content}` })),
    );
    const folded = fc.array(block, { maxLength: 3 }).map((blocks): Block => ({ kind: 'fold', summary: 'more', blocks }));
    const anyRung = fc.tuple(fc.array(fc.oneof(block, folded), { maxLength: 4 }), fc.integer({ min: 0, max: 5 }), fc.nat({ max: 9 }));
    fc.assert(
      fc.property(fc.array(anyRung, { maxLength: 6 }), fc.integer({ min: 700, max: 6000 }), (given, limit) => {
        const all = [head, ...given.map(([blocks, worth, floor], index) => rung(`part ${index}`, worth, floor, ...blocks))];
        const markdown = ladderMarkdown(all, end, { limit, whole: 'the file' });
        expect(utf8Bytes(markdown)).toBeLessThanOrEqual(limit);
        expect(markdown.length).toBeLessThanOrEqual(limit);
        expect(markdown.isWellFormed()).toBe(true);
        expect(markdown.match(/^<details>$/gm)?.length).toBe(markdown.match(/^<\/details>$/gm)?.length);
        for (const row of markdown.match(/^\| .*$/gm) ?? []) expect(row.split('|').length, row).toBe(4);
        expect(markdown).toMatch(/^The answer\.[\s\S]*The end\.\n$/);
      }),
      { seed: 21, numRuns: 200 },
    );
  });
});
