import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { readRecipes, usedActions } from '../../scripts/recipes.ts';
import { readOptions } from '../../src/config/options.ts';
import { actionlint, type Finding, zizmor } from '../workflow-linters.ts';
import { fencedBlocks, readDocuments } from './markdown-documents.ts';

const readme = readDocuments().find(({ file }) => file === 'README.md')?.text ?? '';
const workflows = fencedBlocks(readme).filter(({ language, lines }) => language === 'yaml' && lines.includes('jobs:'));
const lines = workflows[0]?.lines ?? [];
const workflow: { permissions: unknown; jobs: Record<string, { steps: { uses: string; with: object }[] }> } = parse(lines.join('\n'));

/** What zizmor says of ten lines at its strictest, and why it stays. */
const accepted: Readonly<Record<string, string>> = {
  'anonymous-definition': 'a name of the workflow or of its only job is another line',
  'concurrency-limits': 'a run that is overtaken only wastes minutes; the recipe that init writes has the limit',
  'excessive-permissions': 'there is one job, so what the workflow may do is what the job may do',
  'undocumented-permissions': 'the table under Permissions says what each is for',
  'unpinned-uses': 'there is no release yet; the comment says to pin a commit',
};

async function findings(lint: (path: string) => Promise<readonly Finding[]>, text: string): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'quick-start-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'concurrency.yml');
  writeFileSync(path, text);
  return (await lint(path)).map(({ rule }) => rule);
}

describe('the quick start of README', () => {
  const text = `${lines.join('\n')}\n`;

  it('is the one workflow that it shows, in ten lines', () => {
    expect(workflows).toHaveLength(1);
    expect(lines.length).toBeLessThanOrEqual(10);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(110);
  });

  it('passes actionlint', async () => {
    expect(await findings(actionlint, text)).toEqual([]);
    expect(await findings(actionlint, text.replace('on: pull_request', 'on: pull_requests'))).toEqual(['events']);
  });

  it('has no finding of zizmor but those that ten lines cost, each with its reason', async () => {
    const found = await findings(zizmor, text);
    expect([...new Set(found)].toSorted()).toEqual(Object.keys(accepted).toSorted());
    const careless = text.replace(/ {8}with: \{ persist-credentials: false \}\n/, '');
    expect(await findings(zizmor, careless)).toContain('artipacked');
  });

  it('gives the token what the recipe gives it', () => {
    const recipe: { jobs: Record<string, { permissions: unknown }> } = parse(
      readRecipes().find(({ file }) => file === 'one-job.yml')?.text ?? '',
    );
    expect(workflow.permissions).toEqual(recipe.jobs['compare']?.permissions);
  });

  it('uses the actions of the recipe at the same commits, and inputs that the program reads', () => {
    const recipe = usedActions(readRecipes().find(({ file }) => file === 'one-job.yml')?.text ?? '');
    const used = usedActions(text);
    expect(used.map(({ repository }) => repository)).toEqual(['actions/checkout', 'concurrency-regressions/concurrency-regressions']);
    for (const { repository, ref } of used) expect(recipe).toContainEqual(expect.objectContaining({ repository, ref }));
    const [, ours] = Object.values(workflow.jobs).flatMap(({ steps }) => steps);
    expect(readOptions([{ source: 'input', given: { ...ours?.with } }])['time-budget']).toBeLessThanOrEqual(360);
  });
});
