import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { miniRunner, shareEnvironments, started } from './mini-runner.ts';

const cli = join(import.meta.dirname, '..', '..', 'dist', 'cli.mjs');
const environment = Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));

/** A workload that needs a package beside it and one from the index, in whatever thread, process or subinterpreter it runs. */
const own = `"""Own: a use case of the user's."""
# /// script
# dependencies = ["six==1.16.0"]
# ///
import six
from own_package.arithmetic import twice

PARAMS = {"n": 6, "workers": 2}

def unit(work, i):
    return twice(six.integer_types[0](i))

async def unit_async(work, i):
    return unit(work, i)

def verify(work, results):
    assert list(results) == [2 * i for i in range(work.n)], results
`;

function writeOwn(folder: string): void {
  mkdirSync(join(folder, 'bench', 'own_package'), { recursive: true });
  writeFileSync(join(folder, 'bench', 'own.py'), own);
  writeFileSync(join(folder, 'bench', 'own_package', '__init__.py'), '');
  writeFileSync(join(folder, 'bench', 'own_package', 'arithmetic.py'), 'def twice(number):\n    return 2 * number\n');
}

function project(): string {
  const folder = mkdtempSync(join(tmpdir(), 'project-'));
  shareEnvironments(folder);
  writeOwn(folder);
  return folder;
}

const everywhere = ['sequential', 'threads', 'thread_pool', 'asyncio', 'uvloop', 'executor', 'processes'];
const measuredModels = (path: string): readonly string[] => {
  const { samples, leftOut } = JSON.parse(readFileSync(path, 'utf8'));
  expect(samples.filter(({ status }: { status: string }) => status === 'broken')).toEqual([]);
  // Subinterpreters need Python 3.14; on an older one they are left out by name.
  const models = [...samples, ...leftOut.map((each: { model: string }) => ({ cell: each }))].map(({ cell }) => cell.model);
  return [...new Set(models)];
};

describe("a user's workload with a package beside it and one from the index", () => {
  it('runs under every model at the terminal', async () => {
    const folder = project();
    const { code, log } = await started(cli, { env: environment, cwd: folder, interrupt: undefined }, [
      'run',
      '--workloads',
      'bench/own.py',
      '--processes',
      '1',
      '--values',
      '1',
    ]);
    expect(code, log).toBe(0);
    const models = measuredModels(join(folder, '.concurrency-regressions', 'results.json'));
    expect([...models].sort()).toEqual([...everywhere, 'interpreters'].sort());
  }, 180_000);

  it('runs under every model in the action', async () => {
    const runner = miniRunner();
    writeOwn(runner.workspace);
    const { code, log, outputs } = await runner.step({ event: 'push', inputs: { workloads: 'bench/own.py', processes: '1', values: '1' } });
    expect(code, log).toBe(0);
    expect([...measuredModels(outputs['results-path'] ?? '')].sort()).toEqual([...everywhere, 'interpreters'].sort());
  }, 180_000);

  it('is checked model by model', async () => {
    const { code, log } = await started(cli, { env: environment, cwd: project(), interrupt: undefined }, [
      'check-workload',
      'bench/own.py',
    ]);
    expect(code, log).toBe(0);
    expect(log).toContain('Ready to be measured');
    for (const words of ['sequential', 'thread pool', 'run_in_executor', 'processes'])
      expect(log).toMatch(new RegExp(`${words}\\s+verified`));
  }, 180_000);
});

describe('bad workload files among good ones', () => {
  const bad: Readonly<Record<string, readonly [string, RegExp]>> = {
    syntax: ['def unit(:\n', /SyntaxError/],
    no_verify: ['def unit(work, i): return i\n', /verify/],
    verify_raises: ['def unit(work, i): return i\ndef verify(work, results): raise KeyError("gone")\n', /KeyError/],
    verify_false: ['def unit(work, i): return i\ndef verify(work, results): return False\n', /verify returned False/],
    verify_useless: ['def unit(work, i): return i\ndef verify(work, results): pass\n', /can never say no/],
    not_async: ['def unit_async(work, i): return i\ndef verify(work, results): assert results\n', /unit_async/],
    bad_requirement: [
      '# /// script\n# dependencies = ["-r x"]\n# ///\ndef unit(work, i): return i\ndef verify(work, results): assert results\n',
      /no requirement/,
    ],
    'not-a-module': ['def unit(work, i): return i\ndef verify(work, results): assert results\n', /no name of a Python module/],
    missing_package: ['import no_such_package_anywhere\n', /no_such_package_anywhere/],
    json: ['def unit(work, i): return i\ndef verify(work, results): assert results\n', /json/],
    exits_at_import: ['import sys\nsys.exit(3)\n', /SystemExit|exit/],
    endless_setup: [
      'import time\ndef setup(work): time.sleep(3600)\ndef unit(work, i): return i\ndef verify(work, results): assert results\n',
      /No end|ended after|killed|timeout|time/i,
    ],
  };

  it('are each named in one line, and the good one is measured', async () => {
    const folder = project();
    for (const [name, [source]] of Object.entries(bad)) writeFileSync(join(folder, 'bench', `${name}.py`), source);
    mkdirSync(join(folder, 'other'));
    writeFileSync(join(folder, 'other', 'own.py'), own);
    const flags = [
      '--workloads',
      'bench/*.py other/own.py',
      '--models',
      'threads,asyncio',
      '--processes',
      '1',
      '--values',
      '1',
      '--timeout',
      '5s',
    ];
    const { code, log } = await started(cli, { env: environment, cwd: folder, interrupt: undefined }, ['run', ...flags]);
    expect(code, log).toBe(1);
    const { samples, refused } = JSON.parse(readFileSync(join(folder, '.concurrency-regressions', 'results.json'), 'utf8'));
    const faults = [
      ...refused.map(({ id, reason }: { id: string; reason: string }) => [id, reason]),
      ...samples.flatMap((sample: { status: string; cell: { workload: string }; message: string }) =>
        sample.status === 'broken' ? [[sample.cell.workload, sample.message]] : [],
      ),
    ];
    expect(faults).toContainEqual(['own', expect.stringMatching(/shares the name "own"/)]);
    for (const [name, [, message]] of Object.entries(bad)) {
      const reasons = faults.filter(([id]) => id === name).map(([, reason]) => reason);
      expect(reasons.length, name).toBeGreaterThan(0);
      for (const reason of reasons) {
        expect(reason, name).toMatch(message);
        expect(reason, name).not.toContain('\n');
      }
      expect(log).toContain(name);
    }
    const good = samples.filter(
      (sample: { cell: { workload: string }; status: string }) => sample.cell.workload === 'own' && sample.status === 'measured',
    );
    expect(good.length).toBeGreaterThan(1);
  }, 240_000);
});
