import { describe, expect, it } from 'vitest';
import { workflowRecipes } from '../model/workflow-recipe.ts';
import { initJson, renderInit } from './init.ts';
import type { Initialised } from './initialised.ts';

const made: Initialised = {
  recipe: 'one-job',
  root: '/home/me/project',
  written: true,
  files: [
    { path: '.github/workflows/concurrency.yml', text: 'name: Concurrency\n\njobs: {}\n' },
    { path: '.github/concurrency.yml', text: 'workloads: [core]\n' },
  ],
  settings: {
    branch: { value: 'main', origin: 'the default branch of origin' },
    pythons: { value: ['3.12', '3.13'], origin: 'a guess: the newest among the classifiers of pyproject.toml' },
    install: { value: 'pip install .', origin: 'a guess: pyproject.toml describes a package' },
    workloads: { value: ['core'], origin: 'the default' },
  },
  baselineBranch: 'concurrency-baselines',
  notes: [],
};

const rendered = (part: Partial<Initialised> = {}, width = 100) => renderInit({ ...made, ...part }, { width });

describe('renderInit', () => {
  it.each(workflowRecipes)('says what was written and what comes next: %s', async (recipe) => {
    await expect(rendered({ recipe })).toMatchFileSnapshot(`../../test/golden/init-${recipe}.txt`);
  });

  it('shows the files of a dry run, and no next step', async () => {
    const notes = ['The project is taken to be at /home/me/project, not in sub/.'];
    await expect(rendered({ written: false, notes })).toMatchFileSnapshot('../../test/golden/init-dry-run.txt');
  });

  it('advises to write a workload only where all are bundled', () => {
    const advised = (...value: readonly string[]) =>
      rendered({ settings: { ...made.settings, workloads: { value, origin: 'given' } } }, 1000).includes('are all bundled');
    expect([advised('core'), advised('full', '!./b/x.py'), advised('core', './b/x.py'), advised('x.py')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it.each(workflowRecipes)('cuts no sentence short: %s', (recipe) => {
    expect(rendered({ recipe }, 1000)).not.toContain('…');
  });

  it('says in words what was not chosen', () => {
    const settings = { ...made.settings, pythons: { value: null, origin: 'o' }, install: { value: null, origin: 'o' } };
    expect(rendered({ settings })).toMatch(/Python +the two newest at hand +o\nInstall +nothing +o\n/);
  });

  it('keeps foreign text from the terminal and the runner', () => {
    const hostile = '\u001b[31m\u202e::error::x';
    const settings = { ...made.settings, install: { value: hostile, origin: 'given' }, branch: { value: hostile, origin: 'given' } };
    const text = rendered({ settings, notes: [hostile] }) + rendered({ written: false, files: [{ path: 'a', text: hostile }] });
    for (const treacherous of ['\u001b', '\u202e', '::']) expect(text).not.toContain(treacherous);
  });
});

describe('initJson', () => {
  it('is what was made, without words', () => {
    const { baselineBranch: _, ...others } = made;
    expect(JSON.parse(JSON.stringify(initJson(made)))).toEqual({ schema: 1, kind: 'init', ...others });
  });
});
