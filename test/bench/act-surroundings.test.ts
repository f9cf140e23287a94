import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openArtifactRelay } from '../../bench/act/artifact-relay.ts';
import { localActions } from '../../bench/act/local-actions.ts';
import { listenOnLoopback } from '../../bench/act/loopback.ts';
import { makeSampleProject } from '../../bench/act/sample-project.ts';
import { fillToolCache, pythonsForToolCache } from '../../bench/act/tool-cache.ts';

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'act-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function git(folder: string, ...rest: readonly string[]): string {
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.org'];
  return execFileSync('git', ['-C', folder, ...who, ...rest], { encoding: 'utf8' }).trim();
}

describe('the relay in front of the artifact server', () => {
  it('passes on what it gets, but for a field and a padding that act does not take', async () => {
    const received: string[] = [];
    const server = createServer(async (request, response) => {
      received.push(`${request.method} ${request.url} ${await text(request)}`);
      response.writeHead(201, { 'x-host': request.headers.host }).end('answer');
    });
    const relay = await openArtifactRelay(await listenOnLoopback(server));
    onTestFinished(async () => {
      await relay.close();
      server.close();
    });
    const send = (path: string, body: string) => fetch(new URL(path, relay.url), { method: 'POST', body });
    const created = await send('/twirp/x/CreateArtifact', '{"name":"a","mime_type":"application/zip"}');
    expect(created.status).toBe(201);
    expect(created.headers.get('x-host')).toBe(new URL(relay.url).host);
    expect(await created.text()).toBe('answer');
    await send('/twirp/x/UploadArtifact?sig=abcdef&expires=1', '{"mime_type":1}');
    await send('/twirp/x/UploadArtifact?expires=1&sig=abc%3D', '');
    expect(received).toEqual([
      'POST /twirp/x/CreateArtifact {"name":"a"}',
      'POST /twirp/x/UploadArtifact?sig=abcdef==&expires=1 {"mime_type":1}',
      'POST /twirp/x/UploadArtifact?expires=1&sig=abc%3D ',
    ]);
  });

  it('says so when there is no server behind it', async () => {
    const relay = await openArtifactRelay(1);
    onTestFinished(() => relay.close());
    expect((await fetch(relay.url)).status).toBe(502);
  });
});

describe('the clones of official actions', () => {
  const clone = () => {
    const clones = temporaryFolder();
    const folder = join(clones, 'actions', 'checkout');
    mkdirSync(folder, { recursive: true });
    git(folder, 'init', '--quiet');
    writeFileSync(join(folder, 'action.yml'), 'name: x\n');
    git(folder, 'add', '--all');
    git(folder, 'commit', '--quiet', '--message', 'x');
    return { clones, folder, commit: git(folder, 'rev-parse', 'HEAD') };
  };
  const workflow = (commit: string) =>
    `steps:\n  - uses: actions/checkout@${commit} # v7.0.1\n  - uses: actions/cache@${'a'.repeat(40)} # v5.0.5\n`;

  it('are those that are there, at the commit that is pinned', async () => {
    const { clones, folder, commit } = clone();
    expect(await localActions(workflow(commit), clones)).toEqual([{ repository: 'actions/checkout', commit, version: 'v7.0.1', folder }]);
    expect(await localActions(workflow(commit), temporaryFolder())).toEqual([]);
  });

  it('are refused at another commit, and with a change', async () => {
    const { clones, folder, commit } = clone();
    await expect(localActions(workflow('b'.repeat(40)), clones)).rejects.toThrow(`stands at ${commit}, and the recipe pins bbbb`);
    writeFileSync(join(folder, 'index.js'), '');
    await expect(localActions(workflow(commit), clones)).rejects.toThrow('is not what its commit says: ?? index.js');
  });
});

describe('the sample project', () => {
  const make = (branch: 'topic' | 'main', slowdown: number) =>
    makeSampleProject({ folder: join(temporaryFolder(), 'project'), workflow: 'name: x\n', options: { processes: 3 }, branch, slowdown });

  it('is the same two commits each time, on the branch of the pull request or on main', async () => {
    const [topic, main] = [await make('topic', 1), await make('main', 1)];
    expect({ ...main, folder: '' }).toEqual({ ...topic, folder: '' });
    expect(git(topic.folder, 'rev-parse', 'main', 'topic')).toBe(`${topic.base}\n${topic.head}`);
    expect(git(topic.folder, 'branch', '--show-current')).toBe('topic');
    expect(git(main.folder, 'rev-parse', 'main')).toBe(main.head);
  });

  it('does more work in a pull request that is slower, and the same in one that is not', async () => {
    const [same, slower] = [await make('topic', 1), await make('topic', 1.2)];
    expect(git(same.folder, 'diff', '--stat', same.base, same.head)).not.toContain('parsing');
    expect(git(slower.folder, 'diff', slower.base, slower.head)).toMatch(/^-.*range\(10\):\n\+.*range\(12\):/m);
  });
});

describe('the tool cache', () => {
  it('has the interpreters as a runner has them', () => {
    const folder = realpathSync(temporaryFolder());
    const pythons = pythonsForToolCache(1);
    fillToolCache(folder, pythons);
    expect(pythons).toHaveLength(1);
    for (const { label } of pythons) {
      const place = join(folder, 'Python', label, process.arch);
      expect(existsSync(`${place}.complete`)).toBe(true);
      const prefix = execFileSync(join(place, 'bin', 'python'), ['-c', 'import json, sys; print(sys.prefix)'], { encoding: 'utf8' });
      expect(prefix.trim()).toBe(place);
    }
  });
});
