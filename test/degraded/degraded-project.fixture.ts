import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { shareEnvironments } from '../e2e/mini-runner.ts';
import { interpretersAtHand } from '../python-environments.ts';
import type { DegradedCase } from './cases.ts';
import { commandOn } from './machine.ts';

const program = join(import.meta.dirname, '..', 'crash', 'program.ts');

const verified = 'def verify(work, results):\n    assert len(results) == work.n\n';

const workloads: Readonly<Record<string, string>> = {
  nap: `"""Nap: waits."""\nimport time\n\nPARAMS = {"n": 2}\n\n\ndef unit(work, i):\n    time.sleep(0.01)\n    return i\n\n\nasync def unit_async(work, i):\n    import asyncio\n\n    await asyncio.sleep(0.01)\n    return i\n\n\n${verified}`,
  many_files: `"""Many files: opens them."""\nPARAMS = {"n": 1}\n\n\ndef unit(work, i):\n    return len([open("/dev/null") for _ in range(300)])\n\n\n${verified}`,
  needs_package: `# /// script\n# dependencies = ["aiohttp==3.11.11"]\n# ///\n"""Needs a package: imports it."""\nimport aiohttp\n\nPARAMS = {"n": 1}\n\n\ndef unit(work, i):\n    return aiohttp.__name__\n\n\n${verified}`,
};

/** A project that is measured on a machine which lacks something. */
export interface DegradedProject extends Disposable {
  readonly folder: string;
  measure(degraded: DegradedCase): Promise<{ readonly code: number | null; readonly stderr: string }>;
}

export function degradedProject({ fresh = false }: Pick<DegradedCase, 'fresh'>): DegradedProject {
  const root = mkdtempSync(join(tmpdir(), 'degraded-'));
  const [folder, temporary] = [join(root, 'project'), join(root, 'temporary')];
  for (const each of [join(folder, 'bench'), temporary]) mkdirSync(each, { recursive: true });
  for (const [name, source] of Object.entries(workloads)) writeFileSync(join(folder, 'bench', `${name}.py`), source);
  if (!fresh) shareEnvironments(folder);
  return {
    folder,
    measure: async ({ lack, given }) => {
      const command = commandOn(lack, [process.execPath, program, 'measure', JSON.stringify({ ...quick(), ...given })]);
      const env = { ...process.env, TMPDIR: temporary, TEMPORARY: temporary, PROJECT: folder };
      const child = spawn(command[0] ?? '', command.slice(1), { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] });
      const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);
      return { code, stderr };
    },
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}

function quick(): Readonly<Record<string, string>> {
  const python = interpretersAtHand().findLast(({ minor, freeThreaded }) => minor >= 9 && minor <= 13 && !freeThreaded);
  if (python === undefined) throw new Error('no Python at hand');
  return {
    ...{ workloads: './bench/nap.py', 'python-version': python.executable, compare: 'baseline', 'baseline-store': 'file' },
    ...{ processes: '2', values: '1', timeout: '20' },
  };
}
