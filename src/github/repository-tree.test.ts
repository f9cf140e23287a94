import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { UserError } from '../model/user-error.ts';
import { type ApiRepository, lazyClient } from './client.ts';
import { mergeBase } from './merge-base.ts';
import { hastyPatience } from './patience.fixture.ts';
import { downloadTarball } from './repository-tree.ts';

const commit = 'c'.repeat(40);
const servers: Server[] = [];
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tarball-'));
});
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A server on a port of its own; what it was asked is kept. */
async function serve(listener: RequestListener) {
  const asked: { readonly url: string; readonly headers: IncomingHttpHeaders }[] = [];
  const server = createServer((request, response) => {
    asked.push({ url: request.url ?? '', headers: request.headers });
    listener(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const answer =
  (status: number, body: unknown, headers: Record<string, string> = {}): RequestListener =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };

const repository = (apiUrl: string, signal = new AbortController().signal, token = 'secret'): ApiRepository => ({
  client: lazyClient({ token, apiUrl }, hastyPatience()),
  owner: 'o',
  repo: 'r',
  signal,
});

let files = 0;
const newFile = () => {
  files += 1;
  return join(folder, `${files}.tar.gz`);
};

test('the archive comes from where the API redirects to, and the token does not go there', async () => {
  const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));
  const codeload = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'application/x-gzip' });
    response.end(bytes);
  });
  const api = await serve((_, response) => {
    response.writeHead(302, { location: `${codeload.url}/archive?temporary=1` });
    response.end();
  });
  const file = newFile();
  await downloadTarball(repository(`${api.url}/api/v3/`), commit, file);
  expect(readFileSync(file).equals(bytes)).toBe(true);
  expect(api.asked).toMatchObject([{ url: `/api/v3/repos/o/r/tarball/${commit}`, headers: { authorization: 'token secret' } }]);
  expect(codeload.asked.map(({ url }) => url)).toEqual(['/archive?temporary=1']);
  expect(JSON.stringify(codeload.asked[0]?.headers)).not.toContain('secret');
  expect(codeload.asked[0]?.headers).not.toHaveProperty('authorization');
});

test('without a token none is sent, and no client is made before it is needed', async () => {
  const api = await serve(answer(200, { merge_base_commit: { sha: commit } }));
  const { client, ...rest } = repository(api.url, undefined, '');
  expect(client()).toBe(client());
  expect(await mergeBase({ client, ...rest }, 'main', 'a'.repeat(40))).toBe(commit);
  expect(api.asked[0]?.headers).not.toHaveProperty('authorization');
  expect(() => lazyClient({ token: 'x', apiUrl: 'no URL' })).not.toThrow();
});

test('the merge base is asked for by both names', async () => {
  const api = await serve(answer(200, { merge_base_commit: { sha: commit } }));
  expect(await mergeBase(repository(api.url), 'release/1.x', 'a'.repeat(40))).toBe(commit);
  expect(decodeURIComponent(api.asked[0]?.url ?? '')).toBe(`/repos/o/r/compare/release/1.x...${'a'.repeat(40)}?per_page=1`);
});

test('a redirect of the merge base to another host does not carry the token', async () => {
  const other = await serve(answer(200, { merge_base_commit: { sha: commit } }));
  const api = await serve((_, response) => response.writeHead(301, { location: `${other.url}/elsewhere` }).end());
  expect(await mergeBase(repository(api.url), 'main', commit)).toBe(commit);
  expect(other.asked).toHaveLength(1);
  expect(other.asked[0]?.headers).not.toHaveProperty('authorization');
});

test('commits without one in common have no merge base', async () => {
  const api = await serve(answer(404, { message: 'No common ancestor between main and other.' }));
  expect(await mergeBase(repository(api.url), 'main', 'other')).toBeNull();
});

const permission = /"permissions: contents: read"/;
test.each([
  [401, {}, /refused the token .*archive of commit c+ of o\/r \(401: Bad credentials/, permission],
  [403, {}, /may not read the archive .* \(403/, permission],
  [404, {}, /does not know the archive .*\(404\)/, permission],
  [403, { 'x-ratelimit-remaining': '0' }, /rate limit .*\(403\)/, /when it has been lifted/],
  [429, { 'retry-after': '60' }, /rate limit .*\(429\)/, /when it has been lifted/],
  [502, {}, /could not give .*\(502/, /Run again/],
])('%d with %j says what to do', async (status, headers, what, remedy) => {
  const api = await serve(answer(status, { message: 'Bad credentials' }, headers));
  const file = newFile();
  const failed = downloadTarball(repository(api.url), commit, file).catch((error: unknown) => error);
  expect(await failed).toBeInstanceOf(UserError);
  expect(await failed).toMatchObject({ message: expect.stringMatching(what), remedy: expect.stringMatching(remedy) });
  expect(existsSync(file)).toBe(false);
  await expect(mergeBase(repository(api.url), 'main', commit)).rejects.toThrow(remedy);
});

test('an API that is not there is named', async () => {
  const { url } = await serve(() => {});
  servers.splice(0).map((server) => server.close());
  const failed = downloadTarball(repository(url), commit, newFile());
  await expect(failed).rejects.toBeInstanceOf(UserError);
  await expect(failed).rejects.toThrow(/was not reached .*GITHUB_API_URL/);
});

test('an archive over the limit is refused, and nothing is left of it', async () => {
  const api = await serve((_, response) => response.writeHead(200, { 'content-type': 'application/x-gzip' }).end(Buffer.alloc(100_001)));
  const [fits, exceeds] = [newFile(), newFile()];
  await downloadTarball(repository(api.url), commit, fits, 100_001);
  const failed = downloadTarball(repository(api.url), commit, exceeds, 100_000);
  await expect(failed).rejects.toThrow(/more than the 100000 bytes .*fetch-depth: 2/);
  expect([existsSync(fits), existsSync(exceeds)]).toEqual([true, false]);
});

test('an archive that is cut off is refused, and nothing is left of it', async () => {
  const api = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'application/x-gzip', 'content-length': '1000' });
    response.write(Buffer.alloc(10), () => response.socket?.destroy());
  });
  const file = newFile();
  const failed = downloadTarball(repository(api.url), commit, file);
  await expect(failed).rejects.toBeInstanceOf(UserError);
  await expect(failed).rejects.toThrow(/ended in the middle/);
  expect(existsSync(file)).toBe(false);
});

test.each(['before the answer', 'in the middle'])('an abort %s throws its reason and leaves nothing', async (when) => {
  const controller = new AbortController();
  const api = await serve((_, response) => {
    if (when === 'in the middle') response.writeHead(200, { 'content-type': 'application/x-gzip' }).write(Buffer.alloc(10));
    setTimeout(() => controller.abort(new Error('stopped by the user')), 50);
  });
  const file = newFile();
  await expect(downloadTarball(repository(api.url, controller.signal), commit, file)).rejects.toThrow('stopped by the user');
  expect(existsSync(file)).toBe(false);
});
