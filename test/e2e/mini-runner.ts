import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Interrupt, interruptOnce } from './interrupt.ts';
import { filesWithSecrets, holdsSecret, secrets } from './secrets.ts';

const root = join(import.meta.dirname, '..', '..');

/** What one step is started with. */
export interface StepRequest {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly event: string;
  readonly payload?: unknown;
  readonly ref?: string;
  /** Variables on top of the runner's own. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly interrupt?: Interrupt;
  /** Whether the step fails where it printed or wrote a secret of the job; it does unless the test looks for them itself. */
  readonly looksForSecrets?: boolean;
}

/** What the runner would see of it. */
export interface StepResult {
  readonly code: number | null;
  readonly log: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** Seconds from the signal of `interrupt` to the end; null where none was sent. */
  readonly endedAfter: number | null;
}

/** A checkout of the action without node_modules, beside a workspace that steps run in one after the other. */
export interface MiniRunner {
  readonly workspace: string;
  readonly temporary: string;
  step(request: StepRequest): Promise<StepResult>;
}

/**
 * Starts the bundled dist as a runner does: a bare Node, an environment made from nothing, inputs and file commands.
 * Environments of Python are shared between tests: making them is not what these tests are about.
 */
export function miniRunner(): MiniRunner {
  const temporary = mkdtempSync(join(tmpdir(), 'runner-'));
  const action = join(temporary, 'actions', 'concurrency-regressions');
  const workspace = join(temporary, 'workspace');
  for (const part of ['dist', 'workloads', 'action.yml']) cpSync(join(root, part), join(action, part), { recursive: true });
  shareEnvironments(workspace);
  let steps = 0;
  return {
    workspace,
    temporary,
    step: (request) => {
      steps += 1;
      return runStep(join(action, 'dist', 'action.mjs'), { workspace, folder: join(temporary, `step-${steps}`), number: steps }, request);
    },
  };
}

/** Lets a project folder use the Python environments that tests made before. */
export function shareEnvironments(project: string): void {
  const shared = join(root, '.concurrency-regressions', 'e2e-environments');
  const state = join(project, '.concurrency-regressions');
  mkdirSync(shared, { recursive: true });
  mkdirSync(state, { recursive: true });
  if (!existsSync(join(state, 'environments'))) symlinkSync(shared, join(state, 'environments'));
}

interface StepPlace {
  readonly workspace: string;
  readonly folder: string;
  readonly number: number;
}

async function runStep(main: string, place: StepPlace, request: StepRequest): Promise<StepResult> {
  mkdirSync(place.folder, { recursive: true });
  const files = fileCommands(place.folder);
  const payload = join(place.folder, 'event.json');
  writeFileSync(payload, JSON.stringify(request.payload ?? { repository: { default_branch: 'main' } }));
  const env = {
    ...runnerEnvironment(place, request),
    ...files,
    GITHUB_EVENT_PATH: payload,
    ...inputVariables(request),
    ...request.environment,
  };
  const ended = await started(main, { env, cwd: place.workspace, interrupt: request.interrupt, insists: true, looksForSecrets: false });
  if (request.looksForSecrets ?? true) refuseSecrets(ended.log, [place.folder, join(place.workspace, '.concurrency-regressions')]);
  return {
    ...ended,
    summary: readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8'),
    outputs: outputsIn(readFileSync(files.GITHUB_OUTPUT, 'utf8')),
  };
}

function refuseSecrets(log: string, folders: readonly string[]): void {
  const found = [...(holdsSecret(log) ? ['the log'] : []), ...filesWithSecrets(folders)];
  if (found.length > 0) throw new Error(`a secret of the job is in ${found.join(', ')}`);
}

function fileCommands(folder: string) {
  const file = (name: string) => {
    const path = join(folder, name);
    writeFileSync(path, '');
    return path;
  };
  return {
    GITHUB_OUTPUT: file('output'),
    GITHUB_STATE: file('state'),
    GITHUB_ENV: file('env'),
    GITHUB_PATH: file('path'),
    GITHUB_STEP_SUMMARY: file('summary.md'),
  };
}

/** What a runner gives a JavaScript action, tokens included. */
function runnerEnvironment(
  { workspace, folder, number }: StepPlace,
  { event, ref = 'refs/heads/main' }: StepRequest,
): Record<string, string> {
  return {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION: 'measure',
    GITHUB_API_URL: 'http://127.0.0.1:9',
    GITHUB_EVENT_NAME: event,
    GITHUB_JOB: 'concurrency',
    GITHUB_REF: ref,
    GITHUB_REPOSITORY: 'octo/project',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: String(1000 + number),
    GITHUB_RUN_NUMBER: String(number),
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: 'b'.repeat(40),
    GITHUB_WORKFLOW: 'concurrency',
    GITHUB_WORKSPACE: workspace,
    HOME: process.env['HOME'] ?? folder,
    ImageOS: 'ubuntu24',
    LANG: 'C.UTF-8',
    PATH: withoutNodeModules(process.env['PATH'] ?? ''),
    RUNNER_ENVIRONMENT: 'self-hosted',
    RUNNER_OS: 'Linux',
    RUNNER_TEMP: folder,
    RUNNER_TOOL_CACHE: join(folder, 'tool-cache'),
    ...secrets,
    ...indexSettings(),
  };
}

/** The settings by which pip and uv reach an index, where the machine needs any. */
function indexSettings(): Record<string, string> {
  const wanted = /^(PIP_|UV_|HTTPS?_PROXY$|https?_proxy$|NO_PROXY$|no_proxy$|SSL_CERT_|REQUESTS_CA_BUNDLE$|PYENV_ROOT$)/;
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => wanted.test(entry[0]) && entry[1] !== undefined),
  );
}

function withoutNodeModules(path: string): string {
  return path
    .split(':')
    .filter((folder) => !folder.includes('node_modules'))
    .join(':');
}

/** A variable for every input of action.yml, empty where the workflow gives none. */
function inputVariables({ inputs = {} }: StepRequest): Record<string, string> {
  const given = { ...Object.fromEntries(declaredInputs().map((name) => [name, ''])), ...inputs };
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]));
}

function declaredInputs(): readonly string[] {
  const declared = z.object({ inputs: z.record(z.string(), z.unknown()) });
  return Object.keys(declared.parse(parse(readFileSync(join(root, 'action.yml'), 'utf8'))).inputs);
}

interface Start {
  readonly env: Record<string, string>;
  readonly cwd: string;
  readonly interrupt: Interrupt | undefined;
  /** Whether SIGTERM and SIGKILL follow where the signal does not end it, as from a runner. */
  readonly insists?: boolean;
  /** Whether it is given secrets and looked for them afterwards; whoever does that itself says no. */
  readonly looksForSecrets?: boolean;
}

type Ended = Pick<StepResult, 'code' | 'log' | 'endedAfter'>;

/** Starts a program under this very Node and collects everything that it prints. */
export async function started(main: string, start: Start, args: readonly string[] = []): Promise<Ended> {
  if (start.looksForSecrets === false) return ended(main, start, args);
  const result = await ended(main, { ...start, env: { ...secrets, ...start.env } }, args);
  refuseSecrets(result.log, [join(start.cwd, '.concurrency-regressions')]);
  return result;
}

function ended(main: string, { env, cwd, interrupt, insists = false }: Start, args: readonly string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const watch = interrupt === undefined ? null : interruptOnce(child, interrupt, insists);
    let log = '';
    const collect = (chunk: string) => {
      log += chunk;
      watch?.look(log);
    };
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);
    child.on('error', reject);
    child.on('exit', () => watch?.end());
    child.on('close', (code) => resolve({ code, log, endedAfter: watch?.endedAfter() ?? null }));
  });
}

/** Reads the file command of outputs: `name<<delimiter`, lines, `delimiter`. */
function outputsIn(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  for (const [, name = '', , value = ''] of text.matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n\2$/gm)) outputs[name] = value;
  return outputs;
}

/** The workflow commands that a runner would carry out in a log, `stop-commands` obeyed. */
export function workflowCommands(log: string): readonly string[] {
  const commands: string[] = [];
  let stopped: string | null = null;
  for (const line of log.split(/\r?\n|\r/).map((each) => each.trim())) {
    const [, name, value = ''] = /^::([\w-]+)(?: [^:]*)?::(.*)$/.exec(line) ?? [];
    if (stopped !== null) stopped = line === `::${stopped}::` ? null : stopped;
    else if (name === 'stop-commands') stopped = value;
    else if (name !== undefined || line.includes('##[')) commands.push(line);
  }
  return commands;
}
