import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readPythonProject } from './init-project.ts';

const nothing = { installableBy: null, classifiers: [], requiresPython: null, fault: null };

async function project(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'python-project-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

describe('readPythonProject', () => {
  it('finds nothing in an empty folder', async () => {
    expect(await readPythonProject(await project({}))).toEqual(nothing);
  });

  it('reads what the project says of itself', async () => {
    const toml = '[project]\nname = "x"\nrequires-python = ">=3.11"\nclassifiers = ["Programming Language :: Python :: 3.12"]\n';
    expect(await readPythonProject(await project({ 'pyproject.toml': toml, 'setup.py': '' }))).toEqual({
      ...{ installableBy: 'pyproject.toml', requiresPython: '>=3.11', fault: null },
      classifiers: ['Programming Language :: Python :: 3.12'],
    });
  });

  it.each([
    [{ 'setup.py': 'raise SystemExit' }, 'setup.py'],
    [{ 'pyproject.toml': '[tool.ruff]\nline-length = 100\n' }, null],
    [{ 'pyproject.toml': '[tool.ruff]\n', 'setup.py': '' }, 'setup.py'],
    [{ 'pyproject.toml': '[build-system]\nrequires = []\n' }, 'pyproject.toml'],
    [{ 'pyproject.toml': '[__proto__.project]\nname = "x"\n' }, null],
  ])('takes %j for a package only where something describes one', async (files, installableBy) => {
    expect(await readPythonProject(await project(files))).toEqual({ ...nothing, installableBy });
  });

  it.each([
    ['[project\n', /^Nothing was taken from pyproject\.toml, which cannot be read: Invalid TOML/],
    ['[project]\nclassifiers = "3.12"\n', /cannot be read: project\.classifiers: .*array.*\.$/],
    ['project = 1\n', /cannot be read: project: /],
  ])('says why it cannot read %j, and still sees setup.py', async (toml, fault) => {
    const found = await readPythonProject(await project({ 'pyproject.toml': toml, 'setup.py': '' }));
    expect(found).toEqual({ ...nothing, installableBy: 'setup.py', fault: expect.stringMatching(fault) });
  });

  it('says so of a pyproject.toml that is a folder', async () => {
    const folder = await project({});
    await mkdir(join(folder, 'pyproject.toml'));
    expect((await readPythonProject(folder)).fault).toMatch(/cannot be read: EISDIR/);
  });
});
