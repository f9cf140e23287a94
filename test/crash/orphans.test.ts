import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { processIds, variableOf } from '../../src/measure/process-table.ts';
import { markerVariable } from '../../src/measure/worker-environment.ts';
import { type CrashingProject, crashingProject } from './crashing-project.fixture.ts';

/** Starts a process that leaves the session and its parents behind, says so, and waits with it. */
const lingering = `"""Linger: waits."""
import os
import subprocess
import sys
import time

PARAMS = {"n": 1}
SAID = os.path.join(os.path.dirname(__file__), "..", "lingers")


def unit(work, i):
    child = "import time; time.sleep(60)"
    subprocess.Popen([sys.executable, "-c", "import os\\nif os.fork(): os._exit(0)\\nos.setsid()\\n" + child], start_new_session=True).wait()
    with open(SAID, "w"):
        pass
    time.sleep(60)
    return i


def verify(work, results):
    assert results == [0]
`;

let project: CrashingProject;

beforeEach(() => {
  project = crashingProject(lingering);
});
afterEach(async () => {
  for (const id of left()) process.kill(id, 'SIGKILL');
  project[Symbol.dispose]();
});

/** Processes of samples of this project. */
function left(): readonly number[] {
  const isOurs = (id: number) => variableOf(id, 'TMPDIR')?.startsWith(project.temporary) === true;
  return processIds().filter((id) => variableOf(id, markerVariable) !== null && isOurs(id));
}

const lingers = () => readdirSync(project.folder).includes('lingers');

/** The shell that ends samples when their program is killed. */
function guards(): readonly number[] {
  const about = (id: number) => {
    try {
      return readFileSync(`/proc/${id}/cmdline`, 'latin1');
    } catch {
      return '';
    }
  };
  const owner = left().map((id) => variableOf(id, markerVariable)?.slice(0, 36) ?? '')[0] ?? 'nobody';
  return processIds().filter((id) => about(id).includes('concurrency-regressions-guard') && about(id).includes(owner));
}

const one = { models: 'sequential', processes: '1', timeout: '40' };

it('ends the processes of its samples with itself, also those that left', async () => {
  await project.killedWhen(lingers, one);
  for (let look = 0; look < 100 && left().length > 0; look += 1) await delay(50);
  expect(left()).toEqual([]);
});

it('leaves what it could not end to the next run, which says what it took away', async () => {
  const isUnguarded = () => {
    if (!lingers()) return false;
    for (const id of guards()) process.kill(id, 'SIGKILL');
    return true;
  };
  await project.killedWhen(isUnguarded, one);
  await delay(300);
  expect(left().length).toBeGreaterThanOrEqual(2);
  expect(readdirSync(project.temporary)).toHaveLength(1);
  project.write('bench/quick.py', lingering.replaceAll('time.sleep(60)\n    return', 'return').replace('"""Linger', '"""Quick'));
  const next = await project.measure({ ...one, workloads: './bench/quick.py' });
  expect(next.stderr).toMatch(/Took away \d processes, 1 temporary folder of runs that were killed/);
  expect(left()).toEqual([]);
  expect(readdirSync(join(project.temporary))).toEqual([]);
});
