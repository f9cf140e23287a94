import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/model/user-error.ts';
import { count } from '../hostile/counts.ts';
import { type Format, formats } from './formats.ts';
import { type GuidedOutcome, guidedFuzz } from './guided.ts';
import { prototypeIsClean, strange } from './soundness.ts';

/** What reading a document did that it must not do, or null where it was read soundly or refused in words. */
async function harm(read: Format['read'], bytes: Buffer): Promise<string | null> {
  try {
    const [odd] = strange(await read(bytes), 'it');
    if (odd !== undefined) return `was taken: ${odd}`;
  } catch (error) {
    if (!(error instanceof UserError) && !isNoJson(error)) return `threw ${error}`;
    const { message } = error;
    if (message.length > 2000 && error instanceof UserError) return `was refused in ${message.length} characters`;
    if (error instanceof UserError && /[^\P{Cc}\n]/u.test(message))
      return `was refused with a control character: ${JSON.stringify(message)}`;
  }
  return prototypeIsClean() ? null : 'changed what every object inherits';
}

/** The runner's toolkit reads the payload before us, and refuses what is no JSON. */
function isNoJson(error: unknown): error is SyntaxError {
  return error instanceof SyntaxError && /JSON/.test(error.message);
}

async function tried({ name, seeds }: Format, read: Format['read'], documents: number): Promise<GuidedOutcome> {
  const whole = (await seeds()).map((seed) => Buffer.from(seed));
  return guidedFuzz({ seeds: whole, count: documents, seed: name, harmOf: (bytes) => harm(read, bytes) });
}

describe.each(formats)('$name', (format) => {
  it('is read as it should be', async () => {
    for (const seed of await format.seeds()) expect(await format.read(Buffer.from(seed))).toBeTruthy();
  });

  it('a thousand damaged ones are refused in words or read soundly', async ({ task }) => {
    const { harms, kept, reached } = await tried(format, format.read, 1000);
    console.log(`${format.name}: 1000 documents, ${kept} of them led further, ${reached} parts of the source reached`);
    count(task, { tried: 1000, passed: 1000 - harms.length });
    expect(harms).toEqual([]);
    expect(kept).toBeGreaterThan(0);
  });
});

/** Readers with a fault in them, as somebody might write one. */
const planted: readonly (readonly [string, Format['read']])[] = [
  ['does not look at what it parsed', async (bytes) => JSON.parse(bytes.toString('utf8').replaceAll(/NaN|Infinity/g, '1e999'))],
  ['throws what is no sentence', async (bytes) => Object.keys(JSON.parse(bytes.toString('utf8')).pythons[0]).length],
  [
    'repeats what it was given',
    async (bytes) => {
      throw new UserError(`${bytes.toString('utf8')} is wrong.`, 'Correct it.');
    },
  ],
  ['copies keys one by one', async (bytes) => copied(JSON.parse(bytes.toString('utf8')))],
];

function copied(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, each] of Object.entries(value)) copy[key] = copied(each);
  return copy;
}

describe('the check fires', () => {
  it.each(planted)('for a reader that %s', async (_, read) => {
    const [format] = formats.filter(({ name }) => name === 'shard of a matrix');
    if (format === undefined) throw new Error('the format has another name');
    const { harms } = await tried(format, read, 600);
    expect(harms.length).toBeGreaterThan(3);
  });
});
