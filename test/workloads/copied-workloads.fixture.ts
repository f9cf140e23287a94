import { cpSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { interpretersUnderTest, newestWithLock } from '../python-environments.ts';
import { type Line, runWorker } from '../worker-process.ts';
import { pythonFilesIn, workloadsFolder } from './workload-files.ts';

/** What every version does alike is checked on all of them elsewhere. */
export const python = newestWithLock(interpretersUnderTest());

/** Sizes at which a value takes a few milliseconds; what is missing is waited for only briefly. */
const small: Readonly<Record<string, object>> = {
  web_scraping: { pages_each: 3, connections: 4, delay: 0.002, size: 300, patience: 2 },
  file_reading: { n: 12, files: 4, size: 300, workers: 2 },
  file_reading_slow: { n: 12, workers: 4, size: 300, delay: 0.002, patience: 2 },
  chat_server: { clients: 4, deliveries: 48, patience: 1 },
  echo: { n: 12, size: 64, patience: 1 },
  bulk: { n: 12, patience: 1 },
};

/** A copy of the bundled workloads that a test may spoil; gone after the test. */
export interface CopiedWorkloads {
  readonly folder: string;
  /** Puts `spoiling` in front of a peer: it may change the modules that the peer is about to use. */
  spoilPeer(peer: string, spoiling: string): void;
  /** Puts a workload of the same name in front of a bundled one, which `spoiling` finds as `honest`. */
  spoilWorkload(workload: string, spoiling: string): void;
  /** What a worker says of one value. */
  run(workload: string, model: string, params?: object): Promise<readonly Line[]>;
  /** The one error a spoiled run must end with; no value may be reported. */
  errorOf(workload: string, model: string, params?: object): Promise<Line>;
}

export function copiedWorkloads(): CopiedWorkloads {
  const folder = copyOfWorkloads();
  const run = (workload: string, model: string, params: object = {}) =>
    oneValue(join(folder, `${workload}.py`), model, { ...small[workload], ...params });
  return {
    ...{ folder, run },
    spoilPeer: (peer, spoiling) => spoilPeer(join(folder, 'peers'), peer, spoiling),
    spoilWorkload: (workload, spoiling) => spoilWorkload(folder, workload, spoiling),
    errorOf: async (workload, model, params) => {
      const lines = await run(workload, model, params);
      expect(lines.filter((line) => line['event'] === 'value')).toEqual([]);
      return lines.at(-1) ?? { event: 'nothing' };
    },
  };
}

function copyOfWorkloads(): string {
  const folder = mkdtempSync(join(tmpdir(), 'io-workloads-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of [...pythonFilesIn(workloadsFolder), 'peers'])
    cpSync(join(workloadsFolder, name), join(folder, name), { recursive: true });
  return folder;
}

function spoilPeer(folder: string, peer: string, spoiling: string): void {
  renameSync(join(folder, `${peer}.py`), join(folder, `honest_${peer}.py`));
  const honest = `runpy.run_path(os.path.join(os.path.dirname(__file__), "honest_${peer}.py"), run_name="__main__")`;
  writeFileSync(join(folder, `${peer}.py`), `import os, runpy\n${spoiling}\n${honest}\n`);
}

function spoilWorkload(folder: string, workload: string, spoiling: string): void {
  renameSync(join(folder, `${workload}.py`), join(folder, `honest_${workload}.py`));
  writeFileSync(join(folder, `${workload}.py`), `import honest_${workload} as honest\nfrom honest_${workload} import *\n${spoiling}\n`);
}

async function oneValue(file: string, model: string, params: object): Promise<readonly Line[]> {
  const sizes = ['--values', '1', '--warmups', '0', '--params', JSON.stringify(params)];
  const { lines } = await runWorker(python, file, ['run', '--model', model, ...sizes]);
  return lines;
}
