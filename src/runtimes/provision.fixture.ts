import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { discoverInterpreters } from './discover.ts';
import type { Interpreter } from './interpreter.ts';
import { type ProvisionOptions, provisionRuntimes } from './provision.ts';
import { selectInterpreters } from './select.ts';

const run = promisify(execFile);

/** Nothing listens on the discard port. */
const deadIndex = 'http://127.0.0.1:9/simple';

/** What a wheel of a test may say besides its name and version. */
interface WheelPlace {
  /** A requirement of its own. */
  readonly needs?: string;
  readonly folder?: string;
}

/** Provisioning with wheels made on the spot, so that most tests need no network. */
export interface ProvisioningGround {
  /** Absolute path of the folder that everything lies in. */
  readonly root: string;
  readonly wheels: string;
  readonly interpreters: readonly Interpreter[];
  /** One that can make environments. */
  readonly supported: Interpreter;
  /** A PATH without uv: neither venv nor pip looks for commands. */
  readonly withoutUv: string;
  /** The wheels of this test and no index. */
  offline(): Record<string, string>;
  /** No wheels, and an index that does not answer. */
  unreachable(): Record<string, string>;
  makeWheel(name: string, version: string, place?: WheelPlace): Promise<void>;
  provision(
    folder: string,
    more?: Partial<ProvisionOptions> & { readonly env?: Record<string, string | undefined> },
  ): ReturnType<typeof provisionRuntimes>;
  remove(): Promise<void>;
}

/** Prepares the ground; the caller removes it. */
export async function provisioningGround(): Promise<ProvisioningGround> {
  const root = await mkdtemp(join(tmpdir(), 'provision-'));
  const wheels = join(root, 'wheels');
  await mkdir(wheels);
  const discovery = await discoverInterpreters({ env: process.env, home: homedir(), cwd: root, explicit: [] });
  const supported = selectInterpreters([], discovery).interpreters.find(({ facts }) => facts.venv && facts.ensurepip);
  if (supported === undefined) throw new Error('this machine has no supported Python with venv and ensurepip to test with');
  const withoutUv = join(root, 'no-commands');
  const common = { HOME: homedir(), PATH: withoutUv };
  const ground: ProvisioningGround = {
    root,
    wheels,
    interpreters: discovery.interpreters,
    supported,
    withoutUv,
    offline: () => ({ ...common, PIP_NO_INDEX: '1', PIP_FIND_LINKS: wheels, UV_OFFLINE: '1', UV_FIND_LINKS: wheels }),
    unreachable: () => ({ ...common, PIP_INDEX_URL: deadIndex, PIP_FIND_LINKS: '', PIP_RETRIES: '1' }),
    makeWheel: (name, version, place = {}) => writeWheel(supported, { name, version, folder: wheels, needs: '', ...place }),
    provision: (folder, { env = ground.offline(), ...options } = {}) => {
      const surroundings = { env, home: homedir(), cwd: root };
      const defaults = { interpreters: [supported], uvloop: ['latest'], packages: [], surroundings };
      return provisionRuntimes({ ...defaults, folder: join(root, folder), ...options });
    },
    remove: () => rm(root, { recursive: true }),
  };
  for (const version of ['0.98.0', '0.99.1']) await ground.makeWheel('uvloop', version);
  await ground.makeWheel('helper_library', '1.2.3');
  for (const version of ['1.0', '2.0']) await ground.makeWheel('second_library', version);
  return ground;
}

/** Writes a wheel that holds nothing but its own description. */
async function writeWheel(
  interpreter: Interpreter,
  wheel: Required<WheelPlace> & { readonly name: string; readonly version: string },
): Promise<void> {
  const script = `
import sys, zipfile
name, version, folder, needs = sys.argv[1:]
needs = needs and f"Requires-Dist: {needs}\\n"
info = f"{name}-{version}.dist-info"
with zipfile.ZipFile(f"{folder}/{name}-{version}-py3-none-any.whl", "w") as wheel:
    wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\\nName: {name}\\nVersion: {version}\\n{needs}")
    wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    wheel.writestr(f"{name}.py", "")
    wheel.writestr(f"{info}/RECORD", "")
`;
  await run(interpreter.realPath, ['-I', '-c', script, wheel.name, wheel.version, wheel.folder, wheel.needs]);
}
