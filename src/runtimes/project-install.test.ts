import { execFile } from 'node:child_process';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runtimeId } from '../model/runtime.ts';
import { installProject, type ProjectInstallRequest, type ProjectInstallResult } from './project-install.ts';
import { type ProvisioningGround, provisioningGround } from './provision.fixture.ts';
import type { ProvisionedRuntime } from './provision.ts';

const run = promisify(execFile);

/** Builds without setuptools, so that nothing has to be downloaded. */
const BACKEND = `
import os, zipfile
VERSION = open("VERSION").read().strip()
def _wheel(folder, files):
    if VERSION == "broken":
        raise RuntimeError("this tree does not build")
    info = f"project-{VERSION}.dist-info"
    files = {**files, f"{info}/METADATA": f"Metadata-Version: 2.1\\nName: project\\nVersion: {VERSION}\\n",
             f"{info}/WHEEL": "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"}
    name = f"project-{VERSION}-py3-none-any.whl"
    with zipfile.ZipFile(os.path.join(folder, name), "w") as wheel:
        for path, text in files.items():
            wheel.writestr(path, text)
        wheel.writestr(f"{info}/RECORD", "".join(f"{path},,\\n" for path in [*files, f"{info}/RECORD"]))
    return name
def build_wheel(folder, config_settings=None, metadata_directory=None):
    return _wheel(folder, {"project.py": open("project.py").read()})
def build_editable(folder, config_settings=None, metadata_directory=None):
    return _wheel(folder, {"project.pth": os.getcwd() + "\\n"})
`;

const PYPROJECT =
  '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n[project]\nname = "project"\ndynamic = ["version"]\n';

let ground: ProvisioningGround;
let runtimes: { readonly base: ProvisionedRuntime; readonly head: ProvisionedRuntime };

/** As provisioning makes it where pip is at hand. */
async function withPip(): Promise<ProvisionedRuntime> {
  const { runtimes: made } = await ground.provision('base', { uvloop: ['0.98.0'] });
  if (made[0] === undefined) throw new Error('no runtime');
  return made[0];
}

/** As uv makes it: without pip; here without uvloop, too. */
async function withoutPip(base: ProvisionedRuntime): Promise<ProvisionedRuntime> {
  const folder = join(ground.root, 'head');
  await run(ground.supported.realPath, ['-I', '-m', 'venv', '--without-pip', folder]);
  const runtime = { ...base.runtime, packages: {}, wheels: [] };
  return { ...base, folder, executable: join(folder, 'bin', 'python'), runtime: { ...runtime, id: runtimeId(runtime) } };
}

/** A tree of the project, reached by a link as the sides are. */
async function tree(version: string): Promise<string> {
  const folder = join(ground.root, 'trees', version);
  await mkdir(folder, { recursive: true });
  const files = { 'backend.py': BACKEND, 'pyproject.toml': PYPROJECT, VERSION: version, 'project.py': `VERSION = "${version}"\n` };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const link = join(ground.root, `link-${version}`);
  await symlink(folder, link).catch(() => {});
  return link;
}

const install = (command: string, more: Partial<ProjectInstallRequest> & Pick<ProjectInstallRequest, 'tree'>) => {
  const env = { ...ground.offline(), PATH: process.env['PATH'], GITHUB_TOKEN: 'secret', 'INPUT_GITHUB-TOKEN': 'secret' };
  return installProject({ command, side: 'base', runtime: runtimes.base, env, ...more });
};

function succeeded(result: ProjectInstallResult): ProjectInstallResult & { readonly ok: true } {
  if (!result.ok) throw new Error(`${result.complaint}\n${result.output}`);
  return result;
}

const imported = async ({ executable }: ProvisionedRuntime) =>
  (await run(executable, ['-I', '-c', 'import project; print(project.VERSION)'])).stdout.trim();

beforeAll(async () => {
  ground = await provisioningGround();
  const base = await withPip();
  runtimes = { base, head: await withoutPip(base) };
});
afterAll(() => ground.remove());

test("each side's tree goes into its own environment, which gets pip when it has none, and no token into the command", async () => {
  const command = 'pip install --quiet .\nenv > seen.txt; command -v python pip >> seen.txt';
  const [base, head] = await Promise.all([
    install(command, { tree: await tree('1.0') }),
    install(command, { tree: await tree('2.0'), side: 'head', runtime: runtimes.head }),
  ]);
  expect(succeeded(base)).toMatchObject({ packages: { project: '1.0', uvloop: '0.98.0' }, runtime: runtimes.base });
  expect(succeeded(head)).toMatchObject({ packages: { project: '2.0' }, runtime: runtimes.head });
  expect([await imported(runtimes.base), await imported(runtimes.head)]).toEqual(['1.0', '2.0']);
  const seen = await readFile(join(await tree('1.0'), 'seen.txt'), 'utf8');
  expect(seen).not.toContain('secret');
  const bin = join(runtimes.base.folder, 'bin');
  expect(seen.trim().split('\n').slice(-2)).toEqual([join(bin, 'python'), join(bin, 'pip')]);
  expect(seen).toContain(`VIRTUAL_ENV=${runtimes.base.folder}\n`);
});

test('it runs every time: the environment then holds this tree and not an earlier one', async () => {
  await install('python -m pip install --quiet .', { tree: await tree('1.0') });
  succeeded(await install('python -m pip install --quiet .', { tree: await tree('3.0') }));
  expect(await imported(runtimes.base)).toBe('3.0');
  const editable = await tree('4.0');
  expect(succeeded(await install('pip install --quiet -e .', { tree: editable })).packages['project']).toBe('4.0');
  await writeFile(join(editable, 'project.py'), 'VERSION = "edited"\n');
  expect(await imported(runtimes.base)).toBe('edited');
});

test('a tree that does not install is a complaint with the command, the side and the last lines', async () => {
  const result = await install('pip install .', { tree: await tree('broken') });
  const { version } = ground.supported.facts;
  expect(result).toEqual({
    ok: false,
    complaint: `The option "install" (pip install .) ended with exit code 1 in the base tree on Python ${version}.`,
    remedy: expect.stringContaining('works on the base commit'),
    output: expect.stringContaining('this tree does not build'),
  });
  const head = await install('exit 7', { tree: await tree('broken'), side: 'head', runtime: runtimes.head });
  expect(head).toMatchObject({
    complaint: expect.stringMatching(/exit code 7 in the head tree/),
    output: '',
    remedy: expect.stringContaining('Correct'),
  });
});

test('of several lines the first that fails ends it', async () => {
  const result = await install('echo one\nfalse\necho two', { tree: await tree('1.0') });
  expect(result).toMatchObject({ ok: false, output: 'one' });
});

test('a flood is no fault, and of it the end is kept, clean', async () => {
  const flood = "head -c 3000000 /dev/zero | tr '\\0' x; printf '\\n\\033[31mlast\\007 https://user:secret@host/ line\\r\\n'";
  expect(await install(flood, { tree: await tree('1.0') })).toMatchObject({ ok: true });
  const failed = await install(`${flood}; exit 1`, { tree: await tree('1.0') });
  expect(failed).toMatchObject({ ok: false, output: expect.stringMatching(/\nlast https:\/\/\*\*\*@host\/ line$/) });
  expect(failed.ok ? 0 : failed.output.length).toBeLessThan(10_000);
});

test('what hangs is ended; an abort throws its reason', async () => {
  const place = await tree('1.0');
  expect(await install('sleep 1000', { tree: place, timeoutSeconds: 0.3 })).toMatchObject({
    ok: false,
    complaint: expect.stringContaining('did not answer within 0.3 s'),
  });
  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error('stopped by the user')), 200);
  await expect(install('sleep 1000', { tree: place, signal: controller.signal })).rejects.toThrow('stopped by the user');
});

test('a command that moves uvloop makes another runtime of it', async () => {
  const { runtime } = succeeded(await install('pip install --quiet uvloop==0.99.1', { tree: await tree('1.0') }));
  expect(runtime.runtime.packages).toEqual({ uvloop: '0.99.1' });
  expect(runtime.runtime.id).toBe(runtimes.base.runtime.id.replace('0.98.0', '0.99.1'));
  const without = succeeded(await install('pip uninstall --quiet --yes uvloop', { tree: await tree('1.0') }));
  expect(without.runtime.runtime.packages).toEqual({});
  expect(without.runtime.runtime.id).not.toContain('uvloop');
});

test('a command that breaks the environment is a complaint', async () => {
  const result = await install('mv "$VIRTUAL_ENV/bin/python" "$VIRTUAL_ENV/bin/moved"', { tree: await tree('1.0') });
  await run('mv', [join(runtimes.base.folder, 'bin', 'moved'), runtimes.base.executable]);
  expect(result).toMatchObject({ ok: false, complaint: expect.stringContaining('packages cannot be listed') });
});

test('the pip of another interpreter installs nothing', async () => {
  const elsewhere = await install(`${ground.supported.realPath} -m pip install .`, { tree: await tree('1.0') });
  expect(elsewhere).toMatchObject({ ok: false, output: expect.stringContaining('virtualenv') });
});
