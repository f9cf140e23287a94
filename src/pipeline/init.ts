import { defaultInstall, type InitOptions, optionsFile } from '../config/init-options.ts';
import { type PythonProject, readPythonProject } from '../config/init-project.ts';
import { declaredPythons } from '../config/init-pythons.ts';
import { workflowFiles } from '../config/init-workflow.ts';
import { type Options, readOptions } from '../config/options.ts';
import { chooseWorkloads } from '../config/workload-choice.ts';
import { UserError } from '../model/user-error.ts';
import type { Initialised, InitSettings } from '../render/initialised.ts';
import { isDefaultChoice, parsePythonVersion } from '../runtimes/python-version.ts';
import { parseRuntimeRequest } from '../runtimes/runtime-request.ts';
import type { InitCommand } from '../terminal/init-arguments.ts';
import { refuseObstacles, writeTogether } from './init-files.ts';
import { findRepository, type InitRepository } from './init-repository.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * Writes the workflow of a recipe and its config file into the repository around the current folder. What was not given
 * is guessed from the project, each guess with what it rests on. Nothing is written unless everything can be.
 *
 * @param recipesFolder absolute path of docs/recipes
 * @throws UserError outside a checkout, for input that cannot be met, and where a file is there and `force` is not given
 */
export async function initialise(
  command: InitCommand,
  { cwd, workloadsFolder, signal }: Pick<Surroundings, 'cwd' | 'workloadsFolder' | 'signal'>,
  recipesFolder: string,
): Promise<Initialised> {
  const given = readOptions([{ source: 'flag', given: command.flags }]);
  refusePythons(given['python-version']);
  const repository = await findRepository(cwd, command.branch, signal);
  const { root, branch } = repository;
  const { unusable } = await chooseWorkloads(given.workloads, { bundled: workloadsFolder, workingDirectory: root });
  const project = await readPythonProject(root);
  const settings = settingsOf(command, given, project);
  const files = [...(await workflowFiles(command.recipe, branch.name, recipesFolder)), optionsFile(chosenOf(settings))];
  await refuseObstacles(root, files, command.force);
  if (!command.dryRun) await writeTogether(root, files);
  return {
    ...{ recipe: command.recipe, root, written: !command.dryRun, files, baselineBranch: given['baseline-branch'] },
    settings: { branch: { value: branch.name, origin: branch.origin }, ...settings },
    notes: [...notesOf(repository, project), ...unusable.map(({ file, reason }) => `${file}: ${reason}`)],
  };
}

type ProjectSettings = Omit<InitSettings, 'branch'>;

function settingsOf({ flags }: InitCommand, given: Options, project: PythonProject): ProjectSettings {
  return {
    pythons: pythonsOf(given, project),
    install: installOf(flags['install'], given, project),
    workloads: { value: given.workloads, origin: flags['workloads'] ? 'given' : 'the default' },
  };
}

function chosenOf({ pythons, install, workloads }: ProjectSettings): InitOptions {
  return { pythons: pythons.value, install: install.value, workloads: workloads.value };
}

function pythonsOf(given: Options, project: PythonProject): InitSettings['pythons'] {
  if (given['python-version'].length > 0) return { value: given['python-version'], origin: 'given' };
  const declared = declaredPythons(project, isKnownMinor);
  if (declared === null) return { value: null, origin: 'the default: the project does not say which are its newest' };
  return { value: declared.pythons, origin: declarations[declared.from] };
}

const declarations = {
  classifiers: 'a guess: the newest among the classifiers of pyproject.toml',
  'requires-python': 'a guess: the newest that requires-python of pyproject.toml admits',
} as const;

function isKnownMinor(minor: number): boolean {
  const version = parsePythonVersion(`3.${minor}.0`);
  return version !== undefined && isDefaultChoice(version);
}

/** An empty command is none on purpose. */
function installOf(flag: string | undefined, given: Options, { installableBy }: PythonProject): InitSettings['install'] {
  if (flag !== undefined) return { value: given.install ?? null, origin: 'given' };
  if (installableBy === null) return { value: null, origin: 'neither pyproject.toml nor setup.py describes a package' };
  return { value: defaultInstall, origin: `a guess: ${installableBy} describes a package` };
}

function refusePythons(requests: readonly string[]): void {
  const malformed = requests.find((request) => parseRuntimeRequest(request).kind === 'malformed');
  if (malformed === undefined) return;
  throw new UserError(
    `init: --python-version has ${JSON.stringify(malformed)}, which is neither a version nor a path.`,
    'Write for example 3.13, 3.13t, 3.10-3.13, latest or all; nothing was written.',
  );
}

function notesOf({ root, prefix }: InitRepository, { fault }: PythonProject): readonly string[] {
  return [
    ...(fault === null ? [] : [fault]),
    ...(prefix === '' ? [] : [`The project is taken to be at ${root}, not in ${prefix}: a workflow stands at the top of its repository.`]),
  ];
}
