import { describe, expect, it } from 'vitest';
import type { BaselineFiles } from '../../src/baseline/baseline-files.ts';
import { baselineStore } from '../../src/baseline/baseline-store.ts';
import { prune } from '../../src/baseline/prune.ts';
import { chartedFiles } from '../../src/baseline/trend-files.ts';
import { readOptions } from '../../src/config/options.ts';
import { condensedRun } from '../../src/judge/condensed-run.ts';
import { drawTrend } from '../../src/pipeline/trend-charts.ts';
import { trendIndexStart } from '../../src/render/charts/trend-index.ts';
import { trendHistory } from '../fixtures/trend-history.ts';
import { startGitHub } from '../github/server.ts';
import { commitsOnBranch, race } from './branch-race.ts';
import { branchName, writer } from './branch-writers.ts';

const options = readOptions([]);
const charted = (files: BaselineFiles) => chartedFiles(files, drawTrend(options), trendIndexStart);
const [nights = []] = trendHistory;

/** A repository, and a job that stores runs with charts on its branch. */
async function begin() {
  const github = await startGitHub();
  github.seed.commit({ branch: 'main', files: { 'setup.py': 'x' } });
  const files = writer({ github, token: github.token({ contents: 'write' }), seed: 'charts' });
  const store = baselineStore(charted(files), condensedRun);
  const text = (name: string) => github.repository.fileText(branchName, name);
  return { github, files, store, text };
}

describe('charts on the branch', () => {
  it('come with the run in one commit, and the README shows them', async () => {
    const { github, files, store, text } = await begin();
    expect(await store.append(nights.slice(0, 1))).toEqual([]);
    expect(commitsOnBranch(github)).toBe(1);
    const names = (await files.list()).filter((name) => !name.endsWith('.jsonl'));
    expect(names).toEqual(['index.html', 'trend-memory_per_unit.svg', 'trend-spawn.svg']);
    expect(text('trend-spawn.svg')).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg".*<title id="title">Trend of spawn<\/title>/s);
    expect(text('index.html')).toContain('<img src="trend-spawn.svg"');
    expect(text('index.html')).toContain('1 stored run. The newest: 2026-10-01 03:12 UTC, commit 3c6ef36.');
    expect(text('README.md')).toContain('![Trend of a workload: spawn](trend-spawn.svg)');
    github.log.assertClean();
    await github.close();
  });

  it('take no more requests than the run alone: they travel with the tree', async () => {
    const { github, store } = await begin();
    await store.append(nights.slice(0, 1));
    const before = github.log.requests.length;
    await store.append(nights.slice(1, 2));
    const writes = github.log.requests.slice(before).filter(({ method }) => method !== 'GET');
    expect(writes.map(({ operation }) => operation)).toEqual(['git/create-blob', 'git/create-tree', 'git/create-commit', 'git/update-ref']);
    await github.close();
  });

  it('of a workload that is stored no more go, from the README too', async () => {
    const { github, files, store, text } = await begin();
    await store.append(nights.slice(0, 1));
    const without = nights.slice(1, 2).map((run) => ({
      ...run,
      workloads: run.workloads.filter(({ id }) => id === 'spawn'),
      samples: run.samples.filter(({ cell }) => cell.workload === 'spawn'),
    }));
    await store.append(without);
    expect(text('README.md')).toContain('(trend-memory_per_unit.svg)');
    await prune(charted(files), { runIds: nights.slice(0, 1).map(({ runId }) => runId) });
    expect(text('trend-memory_per_unit.svg')).toBeNull();
    expect(text('README.md')).not.toContain('memory_per_unit');
    expect(text('README.md')).toContain('(trend-spawn.svg)');
    await github.close();
  });
});

it('eight writers at once, three rounds, with charts: every run is there, once, and the charts are of what is there', async () => {
  await using github = await startGitHub();
  const outcome = await race(github, { writers: 8, rounds: 3, seed: 'charts', spoil: charted });
  expect(outcome.stored).toEqual(outcome.runs);
  expect(outcome.attempts).toBeGreaterThan(outcome.runs.length);
  const files = writer({ github, token: github.token({ contents: 'write' }), seed: 'reader' });
  const page = github.repository.fileText(branchName, 'index.html');
  expect(page).toContain(`${outcome.runs.length} stored runs.`);
  expect((await files.list()).filter((name) => name.endsWith('.svg'))).toEqual(['trend-spawn.svg']);
  github.log.assertClean();
});

it('a branch that holds nothing but a page of somebody else is not written to', async () => {
  const { github, store } = await begin();
  github.seed.commit({ branch: branchName, files: { 'index.html': '<h1>My project</h1>', 'README.md': '# Mine' } });
  await expect(store.append(nights.slice(0, 1))).rejects.toThrow(`The branch ${branchName} holds other files ("index.html"`);
  await github.close();
});
