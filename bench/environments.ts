/**
 * How long the environments of five Pythons take, by uv and by pip, cold and warm; writes docs/environments.md.
 *
 *   npm run bench:environments [-- PYTHON ...]
 *
 * Cold: no environment and nothing in the installer's cache, as on a fresh runner. Cached: no environment, and every wheel
 * in the installer's cache, as where only the cache is kept. Warm: the environments are there. Each is the whole of what a
 * run does before it can measure: finding every interpreter of the machine, choosing, making or checking, two at a time.
 * uv is the one on PATH, and otherwise one that is installed for this. Ends with exit code 1 when warm takes more than two
 * seconds.
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, loadavg, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { readMachine } from '../src/measure/machine.ts';
import { discover, type PreparedRuntimes, prepareRuntimes } from '../src/runtimes/prepare.ts';
import { selectInterpreters } from '../src/runtimes/select.ts';
import { usableInterpreters } from '../src/runtimes/usable-interpreters.ts';
import { median } from '../src/stats/quantiles.ts';

const root = join(import.meta.dirname, '..');
const pythons = 5;
const warmRuns = 5;
const warmLimit = 2;
const packages = ['aiohttp'];
const installers = ['uv', 'pip'] as const;
const signal = new AbortController().signal;
const scratch = mkdtempSync(join(tmpdir(), 'bench-environments-'));

type InstallerName = (typeof installers)[number];

/** Seconds, all together and of each Python alone from its first message to its last. */
interface Duration {
  readonly total: number;
  readonly byPython: ReadonlyMap<string, number>;
}

interface Timing {
  readonly cold: Duration;
  readonly cached: Duration;
  readonly warm: readonly Duration[];
}

const surroundings = (env: Readonly<Record<string, string | undefined>>) => ({ env, home: homedir(), cwd: root });

/** Folders of PATH without uv, and that of uv alone. */
async function commandPaths(): Promise<{ readonly withUv: string; readonly withoutUv: string }> {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const withoutUv = folders.filter((folder) => !existsSync(join(folder, 'uv'))).join(delimiter);
  const there = folders.find((folder) => existsSync(join(folder, 'uv')));
  if (there !== undefined) return { withUv: [there, withoutUv].join(delimiter), withoutUv };
  const env = { ...process.env, PATH: withoutUv };
  const options = {
    requested: ['latest'],
    uvloop: [],
    packages: ['uv'],
    folder: join(root, '.concurrency-regressions', 'bench-environments'),
  };
  const { runtimes, unavailable } = await prepareRuntimes({
    ...options,
    surroundings: surroundings(env),
    onProgress: console.error,
    signal,
  });
  const [made] = runtimes;
  if (made === undefined || unavailable.length > 0) throw new Error(`uv is not to be had: ${unavailable[0]?.reason}`);
  return { withUv: [dirname(made.executable), withoutUv].join(delimiter), withoutUv };
}

/** The newest patch of each of the newest minor versions that can make environments, from old to new. */
async function choosePythons(): Promise<readonly string[]> {
  const asked = process.argv.slice(2);
  if (asked.length > 0) return asked;
  const listed = (process.env['CONCURRENCY_REGRESSIONS_TEST_PYTHONS'] ?? '').split(delimiter).filter((path) => path !== '');
  const discovery = await discover(listed, surroundings(process.env), signal);
  const complete = discovery.interpreters.filter(({ facts }) => facts.venv && facts.ensurepip);
  const { interpreters } = selectInterpreters(['>=3.9'], { ...discovery, interpreters: complete });
  const chosen = usableInterpreters(interpreters).slice(0, pythons).toReversed();
  if (chosen.length < pythons) console.error(`Only ${chosen.length} Pythons are at hand; ${pythons} are wanted.`);
  return chosen.map(({ interpreter }) => interpreter.realPath);
}

async function timed(requested: readonly string[], folder: string, env: Record<string, string | undefined>): Promise<Duration> {
  const began = new Map<string, number>();
  const byPython = new Map<string, number>();
  const started = performance.now();
  const onProgress = (text: string): void => {
    const [, verb, label] = /^(Preparing|Made|Reused) Python (\S+)/.exec(text) ?? [];
    if (label === undefined) console.error(text);
    else if (verb === 'Preparing') began.set(label, performance.now());
    else byPython.set(label, (performance.now() - (began.get(label) ?? started)) / 1000);
  };
  const prepared = await prepareRuntimes({
    requested,
    uvloop: ['latest'],
    packages,
    folder,
    surroundings: surroundings(env),
    onProgress,
    signal,
  });
  refuseIncomplete(prepared, requested);
  return { total: (performance.now() - started) / 1000, byPython };
}

function refuseIncomplete({ runtimes, unavailable }: PreparedRuntimes, requested: readonly string[]): void {
  if (runtimes.length === requested.length && unavailable.length === 0) return;
  throw new Error(unavailable.map(({ requested: what, reason }) => `${what}: ${reason}`).join('\n'));
}

async function timeInstaller(name: InstallerName, requested: readonly string[], path: string): Promise<Timing> {
  const cache = join(scratch, `${name}-cache`);
  const env = { ...process.env, PATH: path, UV_CACHE_DIR: cache, PIP_CACHE_DIR: cache };
  console.error(`${name}: cold`);
  const cold = await timed(requested, join(scratch, `${name}-cold`), env);
  console.error(`${name}: cached`);
  const folder = join(scratch, `${name}-cached`);
  const cached = await timed(requested, folder, env);
  console.error(`${name}: warm`);
  const warm: Duration[] = [];
  for (let run = 0; run < warmRuns; run += 1) warm.push(await timed(requested, folder, env));
  return { cold, cached, warm };
}

const seconds = (value: number): string => `${value.toFixed(value < 10 ? 2 : 1)} s`;

function row(title: string, timings: ReadonlyMap<InstallerName, Timing>, of: (duration: Duration) => number): string {
  const cells = installers.flatMap((name) => {
    const timing = timings.get(name);
    return timing === undefined ? [] : [seconds(of(timing.cold)), seconds(of(timing.cached)), seconds(median(timing.warm.map(of)))];
  });
  return `| ${[title, ...cells].join(' | ')} |`;
}

function document(timings: ReadonlyMap<InstallerName, Timing>, labels: readonly string[], machine: string): string {
  const slowest = installers.map((name) => `${name} ${seconds(Math.max(...(timings.get(name)?.warm ?? []).map(({ total }) => total)))}`);
  return `# What environments cost

Made by \`npm run bench:environments\` on ${machine}. One environment for each Python, with uvloop (the newest) and ${packages.join(', ')}, two at a
time. *Cold*: nothing is there and the installer's cache is empty. *Cached*: the installer has its wheels, the environments are gone.
*Warm*: the environments are there and are checked; the median of ${warmRuns}. How they are made, kept and shared: [runtimes.md](runtimes.md).

|  | uv, cold | uv, cached | uv, warm | pip, cold | pip, cached | pip, warm |
| --- | --- | --- | --- | --- | --- | --- |
${labels.map((label) => row(`Python ${label}`, timings, ({ byPython }) => byPython.get(label) ?? Number.NaN)).join('\n')}
${row('**all of it**', timings, ({ total }) => total)}

A row is from the first message about a Python to the last, while another one is being worked on beside it; the last line is the whole, with
finding and asking every interpreter of the machine. Slowest of the ${warmRuns} warm ones: ${slowest.join(', ')}; at most ${warmLimit} s is wanted.
`;
}

async function main(): Promise<void> {
  const paths = await commandPaths();
  const requested = await choosePythons();
  const load = loadavg()[0]?.toFixed(1);
  const timings = new Map<InstallerName, Timing>();
  for (const name of installers) timings.set(name, await timeInstaller(name, requested, name === 'uv' ? paths.withUv : paths.withoutUv));
  const labels = [...(timings.get('uv')?.cold.byPython.keys() ?? [])].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const { cpus, cpuModel, os } = readMachine(process.env, '');
  const text = document(timings, labels, `${cpus} × ${cpuModel}, ${os}, load average ${load} before it`);
  writeFileSync(join(root, 'docs', 'environments.md'), text);
  console.log(text);
  const warm = [...timings.values()].flatMap((timing) => median(timing.warm.map(({ total }) => total)));
  if (warm.some((total) => total > warmLimit)) process.exitCode = 1;
}

try {
  await main();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
