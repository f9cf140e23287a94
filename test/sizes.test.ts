import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { typescriptFunctions } from '../scripts/source-functions.ts';

const program = join(import.meta.dirname, '..', 'scripts', 'sizes.ts');

/** What the command says of a tree with these files, or of this repository. */
function sizes(files?: Readonly<Record<string, string>>): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...(files === undefined ? [] : [tree(files)])], {
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

function tree(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'sizes-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const typescript = (lines: number) => `export function long(): void {\n${'  void 0;\n'.repeat(lines - 2)}}\n`;
const python = (lines: number) => `def long():\n${'    pass\n'.repeat(lines - 1)}`;
const short = typescript(3).repeat(3);

describe('npm run sizes', () => {
  it('finds nothing over a limit in this repository', () => {
    const { status, output } = sizes();
    expect(output).toMatch(/^all +\d{3,}/m);
    expect(output).toContain('within the limits');
    expect(status).toBe(0);
  });

  it('allows what is as long as a limit, and long functions in tests', () => {
    const files = { 'src/a.ts': typescript(40) + short.repeat(2), 'workloads/b.py': python(40), 'src/c.test.ts': typescript(41) };
    const lines = { 'bench/d.ts': '// line\n'.repeat(250), 'scripts/e.ts': `${'// line\n'.repeat(249)}// no newline at the end` };
    expect(sizes({ ...files, ...lines })).toMatchObject({ status: 0 });
  });

  it.each([
    ['a file', 'test/a.ts', '// line\n'.repeat(251), 'test/a.ts: 251 lines, over 250'],
    ['a function', 'src/model/a.ts', typescript(41), 'src/model/a.ts:1 long: 41 lines, over 40'],
    ['a function of Python', 'workloads/a.py', `import time\n${python(41)}`, 'workloads/a.py:2 long: 41 lines, over 40'],
    ['the median function', 'src/a.ts', typescript(15).repeat(7), 'the median function: 15 lines, over 14'],
  ])('fails for %s that is too long, and says which', (_, path, text, sentence) => {
    const { status, output } = sizes({ 'src/short.ts': short, [path]: text });
    expect(output.split('Over a limit:\n')[1]).toBe(`${sentence}\n`);
    expect(status).toBe(1);
  });

  it('fails for what it cannot read, and for a folder without sources', () => {
    expect(sizes({ 'src/a.ts': 'function (' })).toMatchObject({ status: 1, output: expect.stringContaining('src/a.ts cannot be parsed') });
    expect(sizes({ 'src/a.ts': short, 'workloads/a.py': 'def' })).toMatchObject({ status: 1 });
    expect(sizes({ 'a.txt': '' })).toMatchObject({ status: 1, output: expect.stringContaining('no function to measure') });
  });
});

it('measures declarations, methods and functions that a name holds, and leaves callbacks to what they stand in', () => {
  const text = `function declared() {
  list.map((each) => {
    return each;
  });
}
class A {
  method() {}
  held = () => 1;
}
const arrow = () =>
  1;
const record = { inline() {}, value: function () {}, data: 1 };
`;
  expect(typescriptFunctions('a.ts', text)).toEqual([
    { name: 'declared', line: 1, lines: 5 },
    { name: 'method', line: 7, lines: 1 },
    { name: 'held', line: 8, lines: 1 },
    { name: 'arrow', line: 10, lines: 2 },
    { name: 'inline', line: 12, lines: 1 },
    { name: 'value', line: 12, lines: 1 },
  ]);
});
