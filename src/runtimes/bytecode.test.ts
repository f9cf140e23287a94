import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compileBytecode } from './bytecode.ts';
import { discoverInterpreters } from './discover.ts';
import type { Interpreter } from './interpreter.ts';
import { selectInterpreters } from './select.ts';

let root: string;
let interpreter: Interpreter;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'bytecode-'));
  const discovery = await discoverInterpreters({ env: process.env, home: homedir(), cwd: root, explicit: [] });
  const [found] = selectInterpreters([], discovery).interpreters;
  if (found === undefined) throw new Error('this machine has no supported Python to test with');
  interpreter = found;
});
afterAll(() => rmSync(root, { recursive: true }));

/** A tree of these files, below a folder whose name would be left out within a tree. */
function tree(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(root, '.concurrency-regressions', 'node_modules', name);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

const compile = (folder: string, executable = interpreter.realPath) =>
  compileBytecode({ tree: folder, executable, environment: interpreter.environment, env: process.env });

const compiled = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.pyc'))
    .map((file) => file.replace(/__pycache__\/(\w+)\..*/, '$1'))
    .sort();

test('every file of the tree is compiled, but those that nobody imports', async () => {
  const others = ['.git/x.py', '.venv/lib/x.py', 'sub/node_modules/x.py', '.concurrency-regressions/environments/x.py'];
  const files = ['a.py', 'sub/b.py', 'sub/digit/c.py', 'venv_tools/d.py'];
  const folder = tree('all', Object.fromEntries([...files, ...others].map((file) => [file, 'x = 1\n'])));
  expect(await compile(folder)).toBeNull();
  expect(compiled(folder)).toEqual(['a', 'sub/b', 'sub/digit/c', 'venv_tools/d']);
});

test('a file that does not compile and a folder that takes no bytecode cost nothing but that', async () => {
  const files = {
    'old.py': 'print "2"\n',
    'bytes.py': '# \u00ff\n',
    'sub/c.py': 'x = 1\n',
    'sub/__pycache__': 'in the way',
    'ok.py': 'x = 1\n',
  };
  const folder = tree('faulty', files);
  writeFileSync(join(folder, 'bytes.py'), Buffer.from([0x78, 0x3d, 0x27, 0xff, 0x27]));
  expect(await compile(folder)).toBeNull();
  expect(compiled(folder)).toEqual(['ok']);
});

test('a tree without Python files is as good', async () => {
  expect(await compile(tree('none', { 'readme.txt': '' }))).toBeNull();
});

test('an interpreter that does not start is told of', async () => {
  const folder = tree('unstarted', { 'a.py': 'x = 1\n' });
  expect(await compile(folder, join(root, 'no-python'))).toBe(
    `The bytecode of ${folder} is not compiled: it could not be started (ENOENT).`,
  );
  expect(existsSync(join(folder, '__pycache__'))).toBe(false);
});
