import { afterAll, beforeAll, expect, it } from 'vitest';
import { lazyClient } from '../../src/github/client.ts';
import { hastyPatience } from '../../src/github/patience.fixture.ts';
import { type GitHub, startGitHub } from './server.ts';

const viewer = 'query { viewer { login } }';
let github: GitHub;
beforeAll(async () => {
  github = await startGitHub({ root: '/api/v3' });
});
afterAll(() => github.close());

const clientOf = (token: string) => lazyClient({ token, apiUrl: github.apiUrl }, hastyPatience())();

it.each(['github-actions[bot]', 'other-app[bot]', 'someone'])('tells %s who asks, on an Enterprise Server too', async (login) => {
  expect(await clientOf(github.token({}, login)).graphql(viewer)).toEqual({ viewer: { login } });
  expect(github.log.count('graphql')).toBeGreaterThan(0);
  github.log.assertClean();
});

it('tells nobody without a token, and counts another query as a slip of the caller', async () => {
  await expect(clientOf('').graphql(viewer)).rejects.toMatchObject({ status: 401 });
  github.log.assertClean();
  await expect(clientOf(github.token({})).graphql('query { viewer { email } }')).rejects.toThrow('does not exist');
  expect(() => github.log.assertClean()).toThrow('another query');
});
