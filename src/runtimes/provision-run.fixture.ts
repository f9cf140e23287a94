import { homedir } from 'node:os';
import { discoverInterpreters } from './discover.ts';
import { provisionRuntimes } from './provision.ts';

/**
 * A run of its own that provides one environment and prints what it did and what it got, a line of JSON each.
 *
 *   node provision-run.fixture.ts FOLDER PYTHON PACKAGE...
 */
const [folder = '', python = '', ...packages] = process.argv.slice(2);
const surroundings = { env: process.env, home: homedir(), cwd: process.cwd() };
const { interpreters } = await discoverInterpreters({ ...surroundings, explicit: [python] });
const chosen = interpreters.filter(({ names }) => names.includes(python));
const say = (line: unknown): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
const provision = await provisionRuntimes({ interpreters: chosen, folder, uvloop: [], packages, surroundings, onProgress: say });
for (const { made, runtime } of provision.runtimes) say({ made, packages: runtime.packages });
