import { describe, expect, it } from 'vitest';
import { hastyPatience } from './patience.fixture.ts';
import { readableRepository } from './repository.ts';

const access = { token: '', apiUrl: 'http://127.0.0.1:9', signal: new AbortController().signal };

describe('readableRepository', () => {
  it.each([[undefined], [''], ['owner'], ['owner/'], ['/repo'], ['a/b/c']])('is none for %j', (name) => {
    expect(readableRepository(name, access)).toBeNull();
  });

  it('asks the API of the repository that was named', async () => {
    const repository = readableRepository('octo/project', access, hastyPatience());
    await expect(repository?.mergeBase('main', 'topic')).rejects.toThrow(/octo\/project/);
  });
});
