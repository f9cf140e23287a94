import { deflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { readRecord, withRecord } from './comment-record.ts';

const at = '2026-11-26T12:00:00Z';
const recordOf = (cells: readonly string[]) => ({
  commit: 'c'.repeat(40),
  reportedAt: at,
  listed: cells.length === 0 ? [] : [{ at, cells, fresh: true }],
});
const body = '<!-- marker -->\n## Report\n\nText.';
const limit = 65_000;
const packed = (value: unknown) => deflateRawSync(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64');
const line = (text: string) => `<!-- marker -->\n<!-- concurrency-regressions record=${text} -->\n## Report`;

it.each([[[]], [['a/threads/x']], [['-->', '<!--', '@octocat', '__proto__', 'constructor', 'ü\u202E\u0000"\\']]])(
  '%j comes back as it was, hidden below the first line',
  (cells) => {
    const made = withRecord(body, recordOf(cells), limit);
    expect(made.omitted).toBe(0);
    expect(readRecord(made.body)).toEqual(recordOf(cells));
    const [first, second, ...rest] = made.body.split('\n');
    expect([first, ...rest].join('\n')).toBe(body);
    expect(second).toMatch(/^<!-- concurrency-regressions record=[A-Za-z0-9+/=]+ -->$/);
    expect(readRecord(made.body.replaceAll('\n', '\r\n'))).toEqual(recordOf(cells));
  },
);

it.each([
  ['none', body],
  ['one further down', `${body}\n${line(packed(recordOf(['a'])))}`],
  [
    'one on the first line',
    line(packed(recordOf(['a'])))
      .split('\n')
      .slice(1)
      .join('\n'),
  ],
  ['no base64', line('??')],
  ['half a record', line(packed(recordOf(['a'])).slice(0, 20))],
  ['no JSON', line(packed('{"commit"'))],
  ['another shape', line(packed({ ...recordOf(['a']), commit: 'main' }))],
  ['a time that is none', line(packed({ ...recordOf(['a']), reportedAt: 'soon' }))],
  ['a bomb', line(packed(' '.repeat(20_000_000) + JSON.stringify(recordOf(['a']))))],
])('%s is no record', (_, text) => {
  expect(readRecord(text)).toBeNull();
});

it('leaves out what was listed last where there is no room, and says how many', () => {
  const cells = Array.from(
    { length: 3000 },
    (_, index) => `workload_${(index * 7919) % 3001}/asyncio/cpython-3.14.7-${((index * 104_729) % 65_521).toString(16)}`,
  );
  const long = `<!-- marker -->\n${'x'.repeat(60_000)}`;
  const { body: made, omitted } = withRecord(long, recordOf(cells), limit);
  expect(made.length).toBeLessThanOrEqual(limit);
  expect(made.length).toBeGreaterThan(limit - 100);
  expect(omitted).toBeGreaterThan(0);
  expect(readRecord(made)?.listed[0]?.cells).toEqual(cells.slice(0, cells.length - omitted));
  expect(withRecord(long, recordOf(cells), 60_000)).toEqual({ body: long, omitted: 3000 });
});

it('has room for every cell of a large report in the 5,000 characters that a comment leaves', () => {
  const pythons = ['3.12.3-gil-77abc123', '3.13.0-gil-1a2b3c4d', '3.14.7-gil-9a2b3c4d', '3.14.7-free-threaded-4d3c2b1a'];
  const models = ['sequential', 'threads', 'thread_pool', 'asyncio', 'uvloop', 'executor', 'processes', 'interpreters'];
  const workloads = Array.from({ length: 12 }, (_, index) => `workload_of_some_name_${index}`);
  const cells = workloads.flatMap((workload) =>
    models.flatMap((model) => pythons.map((python) => `${workload}/${model}/cpython-${python}+uvloop-0.22.1`)),
  );
  expect(cells).toHaveLength(384);
  expect(withRecord(body, recordOf(cells), body.length + 5000).omitted).toBe(0);
});

it.each([1, 500, 501, 40_000])('loses no other cell to one whose id has %i characters', (length) => {
  const made = withRecord(body, recordOf(['a/threads/x', 'w'.repeat(length)]), limit);
  expect([made.omitted, readRecord(made.body)?.listed[0]?.cells.length]).toEqual(length > 500 ? [1, 1] : [0, 2]);
});

it('loses nothing else to a cell that an earlier version wrote and this one does not read', () => {
  const listed = [
    { at, cells: ['w'.repeat(501), ''] },
    { at, cells: ['a', 'w'.repeat(501)] },
  ];
  expect(readRecord(line(packed({ ...recordOf([]), listed })))).toEqual({ ...recordOf([]), listed: [{ at, cells: ['a'], fresh: false }] });
});

it.each([
  ['more reports than are read', Array.from({ length: 1001 }, (_, index) => ({ at, cells: [`c${index}`], fresh: false })), 1],
  [
    'more bytes than are unpacked',
    [{ at, cells: Array.from({ length: 4000 }, (_, index) => `${'w'.repeat(490)}${index}`), fresh: false }],
    500,
  ],
])('writes no record that could not be read back: %s', (_, listed, omitted) => {
  const made = withRecord('<!-- marker -->\nText.', { ...recordOf([]), listed }, limit);
  const all = listed.flatMap(({ cells }) => cells).length;
  expect(made.omitted).toBeGreaterThanOrEqual(omitted);
  expect(readRecord(made.body)?.listed.flatMap(({ cells }) => cells)).toHaveLength(all - made.omitted);
});
