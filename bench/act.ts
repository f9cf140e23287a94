/**
 * Runs a recipe of docs/recipes, or with --recipe=README.md its quick start, under act on this machine, with the action of this checkout, and keeps its log in docs/act.
 *
 *   npm run bench:act [-- --recipe=matrix.yml] [--event=pull_request|push] [--slowdown=1.2] [--time-budget=2m] [--models=LIST]
 *                     [--clones=DIR] [--action=DIR]
 *
 * A small Python project is made, with the recipe as its workflow and a pull request that is slower by the given factor;
 * act runs every job in host mode against a GitHub on loopback (test/github). act is installed with Go into a scratch
 * folder; ACT names one that is at hand. The official actions come from GitHub, or from clones at the pinned commits in
 * DIR/actions/checkout and so on. Exits with 1 and keeps no log unless exactly the expected jobs ran, all succeeded but the
 * gate of a slower pull request, and GitHub has what it should have afterwards.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { quickStart, recipesFolder } from '../scripts/recipes.ts';
import { UserError } from '../src/model/user-error.ts';
import type { Interpreter } from '../test/python-environments.ts';
import { cleanLog, type PlaceNames } from './act/clean-log.ts';
import { actDocument, logName } from './act/document.ts';
import { eventNames } from './act/event.ts';
import { jobsFor, knownRecipes, quickStartOfReadme, type Trial, unexpectedJobs, unexpectedState } from './act/expectation.ts';
import { type LocalAction, localActions } from './act/local-actions.ts';
import { startLoopbackGitHub } from './act/loopback-github.ts';
import { findAct } from './act/programs.ts';
import { runAct } from './act/run-act.ts';
import { makeSampleProject } from './act/sample-project.ts';
import { fillToolCache, pythonsForToolCache } from './act/tool-cache.ts';

const root = join(import.meta.dirname, '..');
const ours = 'concurrency-regressions/concurrency-regressions@main';

const { values } = parseArgs({
  options: {
    recipe: { type: 'string', default: 'matrix.yml' },
    event: { type: 'string', default: 'pull_request' },
    clones: { type: 'string' },
    action: { type: 'string', default: root },
    slowdown: { type: 'string', default: '1' },
    models: { type: 'string', default: 'threads, asyncio' },
    'time-budget': { type: 'string', default: '2m' },
  },
});

async function main(scratch: string): Promise<number> {
  const trial = readTrial();
  const workflow = workflowOf(trial);
  const clones = values.clones === undefined ? [] : await localActions(workflow, resolve(values.clones));
  const act = await findAct(process.env, scratch);
  const cache = join(scratch, 'cache');
  const pythons = pythonsForToolCache(2);
  fillToolCache(join(cache, 'act', 'tool_cache'), pythons);
  const project = await makeSampleProject({
    folder: join(scratch, 'project'),
    workflow,
    options: trial.recipe === quickStartOfReadme ? null : optionsFor(pythons),
    branch: trial.event === 'push' ? 'main' : 'topic',
    slowdown: Number(values.slowdown),
  });
  const github = await startLoopbackGitHub({ project, workflow, event: trial.event, jobs: jobsFor(trial) });
  const local = clones.map(({ repository, commit, folder }) => [`${repository}@${commit}`, folder] as const);
  const actions = new Map([...local, [ours, actionCopy(join(scratch, 'action'))]]);
  const surroundings = { cache, scratch: join(scratch, 'run'), apiUrl: github.apiUrl, token: github.token };
  const started = performance.now();
  const run = await runAct({ act: act.path, project, event: trial.event, actions, ...surroundings }).finally(() => github.close());
  const seconds = (performance.now() - started) / 1000;
  const afterwards = github.afterwards();
  const lines = cleanLog(run.lines, places(scratch, cache, clones));
  const text = actDocument({ trial, act: act.version, clones, jobs: run.jobs, afterwards, lines, seconds });
  console.log(text);
  const faults = [...unexpectedJobs(trial, run.jobs), ...unexpectedState(trial, afterwards)];
  for (const fault of faults) console.error(`not as expected: ${fault}`);
  if (faults.length > 0) return 1;
  mkdirSync(join(root, 'docs', 'act'), { recursive: true });
  writeFileSync(join(root, 'docs', 'act', logName(trial)), text);
  return 0;
}

function workflowOf({ recipe }: Trial): string {
  if (recipe !== quickStartOfReadme) return readFileSync(join(recipesFolder, recipe), 'utf8');
  return quickStart(readFileSync(join(root, 'README.md'), 'utf8'));
}

function readTrial(): Trial {
  const slowdown = Number(values.slowdown);
  if (!(slowdown >= 1)) throw new UserError(`--slowdown=${values.slowdown} is no factor of 1 or more.`, 'Write 1.2 for 20 % slower.');
  return { recipe: chosen('recipe', knownRecipes), event: chosen('event', eventNames), slower: slowdown > 1 };
}

/** One cheap workload and little time: this shows that the jobs fit together, not what the figures are. */
function optionsFor(pythons: readonly Interpreter[]): Readonly<Record<string, string | number>> {
  const measured = {
    workloads: './benchmarks/*.py',
    models: values.models,
    'python-version': pythons.map(({ minor }) => `3.${minor}`).join(', '),
  };
  return { ...measured, processes: 3, values: 3, 'time-budget': values['time-budget'] };
}

function chosen<T extends string>(name: 'recipe' | 'event', known: readonly T[]): T {
  const given = known.find((each) => each === values[name]);
  if (given !== undefined) return given;
  throw new UserError(`--${name}=${values[name]} is not known.`, `Choose from ${known.join(', ')}.`);
}

/** What a release of the action holds, away from this checkout's node_modules. */
function actionCopy(folder: string): string {
  for (const part of ['action.yml', 'dist', 'workloads'])
    cpSync(join(resolve(values.action), part), join(folder, part), { recursive: true });
  return folder;
}

function places(scratch: string, cache: string, clones: readonly LocalAction[]): PlaceNames {
  const known: [string, string][] = [
    [join(cache, 'act'), '<cache>'],
    [scratch, '<scratch>'],
    ...clones.map(({ folder, repository }): [string, string] => [folder, `<clone of ${repository}>`]),
    [root, '<checkout>'],
    [homedir(), '<home>'],
  ];
  return known.flatMap(([path, word]) => [...new Set([path, realPath(path)])].map((each) => [each, word] as const));
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

const scratch = mkdtempSync(join(tmpdir(), 'act-'));
try {
  process.exitCode = await main(scratch);
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
