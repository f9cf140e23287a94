import { describe, expect, it } from 'vitest';
import { resultsDocument } from '../../test/fixtures/results-document.ts';
import { condensedRun } from '../judge/condensed-run.ts';
import { UserError } from '../model/user-error.ts';
import { type BaselineFiles, UnreadableFiles } from './baseline-files.ts';
import { baselineStore } from './baseline-store.ts';
import { exportBaseline } from './export.ts';
import { inventory } from './inventory.ts';
import { memoryFiles } from './memory-files.fixture.ts';
import { prune } from './prune.ts';
import { readEach } from './read-each.ts';
import { verify } from './verify.ts';

/** A medium that lists its files and fails at every read, and how often it was asked. */
function failing(error: Error) {
  const files = memoryFiles({ 'a.jsonl': '', 'b.jsonl': '', 'accepted.jsonl': '' });
  const asked: (readonly string[])[] = [];
  const read: BaselineFiles['read'] = async (names) => {
    asked.push(names);
    throw error;
  };
  return { files: { ...files, read }, asked };
}

const limit = new UserError("GitHub's rate limit was reached at the branch baselines (403).", 'Run again at noon.');
const { machine, runtimes } = resultsDocument();
const [runtime] = runtimes;
if (runtime === undefined) throw new Error('the fixture has a runtime');
const storeOf = (files: BaselineFiles) => baselineStore(files, condensedRun);

describe('a medium that does not answer', () => {
  it('is asked once, and its error goes on as it is', async () => {
    const { files, asked } = failing(limit);
    await expect(readEach(files, ['a.jsonl', 'b.jsonl'])).rejects.toBe(limit);
    expect(asked).toEqual([['a.jsonl', 'b.jsonl']]);
  });

  it.each<readonly [string, (files: BaselineFiles) => Promise<unknown>]>([
    ['the runs of a runtime', (files) => storeOf(files).read(machine, runtime)],
    ['the newest runs', (files) => storeOf(files).readNewest(null)],
    ['what was accepted', (files) => storeOf(files).accepted()],
    ['a run that is to be stored', (files) => storeOf(files).append([resultsDocument()])],
    ['the inventory', inventory],
    ['a check', verify],
    ['an export', exportBaseline],
    ['pruning', (files) => prune(files, { keep: 1 })],
  ])('is no damage: %s', async (_, ask) => {
    await expect(ask(failing(limit).files)).rejects.toBe(limit);
  });
});

describe('a file whose content cannot be read', () => {
  const unreadable = (names: readonly string[]) =>
    new UnreadableFiles(new Map(names.map((name) => [name, `${name} is torn.`])), 'Mend it.');

  it('costs itself alone, and is told with what to do', async () => {
    const whole = memoryFiles({ 'a.jsonl': 'a', 'b.jsonl': 'b', 'c.jsonl': 'c' });
    const shut = ['a.jsonl', 'c.jsonl'];
    const read: BaselineFiles['read'] = async (names) => {
      if (names.some((name) => shut.includes(name))) throw unreadable(shut);
      return whole.read(names);
    };
    const { texts, faults } = await readEach({ ...whole, read }, ['a.jsonl', 'b.jsonl', 'c.jsonl']);
    expect([...texts]).toEqual([['b.jsonl', 'b']]);
    expect(faults).toEqual(shut.map((name) => ({ name, reason: `${name} is torn. Mend it.` })));
  });

  it('that nobody asked for does not keep the others from being an error', async () => {
    const error = unreadable(['other.jsonl']);
    await expect(readEach(failing(error).files, ['a.jsonl'])).rejects.toBe(error);
  });

  it('and holds what was accepted is no empty list', async () => {
    await expect(storeOf(failing(unreadable(['accepted.jsonl'])).files).accepted()).rejects.toThrow('accepted.jsonl is torn. Mend it.');
  });
});
