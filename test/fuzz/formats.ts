import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAcceptedFile, withAcceptedShifts } from '../../src/baseline/accepted-file.ts';
import { baselineStore } from '../../src/baseline/baseline-store.ts';
import { readComparedFile } from '../../src/baseline/compared-file.ts';
import { exportBaseline } from '../../src/baseline/export.ts';
import { importBaseline } from '../../src/baseline/import.ts';
import { beginJournal, journalPathOf } from '../../src/baseline/journal-file.ts';
import { memoryFiles } from '../../src/baseline/memory-files.fixture.ts';
import { readNullRuns } from '../../src/baseline/null-run-file.ts';
import { readConfigFile } from '../../src/config/config-file.ts';
import { readOptions } from '../../src/config/options.ts';
import { readRecord, withRecord } from '../../src/github/comment-record.ts';
import { type EventSource, workflowContext } from '../../src/github/context.ts';
import { condensedRun } from '../../src/judge/condensed-run.ts';
import { ConversationListener } from '../../src/measure/worker-conversation.ts';
import { journaledPairs, journalHeader } from '../../src/pipeline/killed-journal.fixture.ts';
import { readRun } from '../../src/pipeline/killed-run.ts';
import { markerLine, readMarker } from '../../src/render/comment-marker.ts';
import { historyRun } from '../fixtures/baseline-history.ts';

/** A kind of document that comes from outside. */
export interface Format {
  readonly name: string;
  /** Documents as they should be. */
  readonly seeds: () => Promise<readonly string[]>;
  /** Reads one as the program does; what is refused throws. */
  readonly read: (bytes: Buffer) => Promise<unknown>;
}

const folder = mkdtempSync(join(tmpdir(), 'fuzz-formats-'));
const commit = 'a'.repeat(40);
const created = '2026-01-01T00:00:00.000Z';

/** Writes the bytes to a file, and gives its path. */
function inFile(name: string, bytes: Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

const inputOf = (name: 'thresholds' | 'shard', bytes: Buffer) =>
  readOptions([{ source: 'input', given: { [name]: bytes.toString('utf8') } }])[name];

const config = `python-version: ['3.13', 3.14]
workloads: [core, ./benchmarks/*.py]
time-budget: 10m
target: 12%
confirm-pairs: [10, 20, 40]
fail-on: [regression, broken]
thresholds:
  - { workload: "chat_*", model: threads, target: 20%, margin: 10% }
`;

const shard = {
  ...{ run: 'plan', index: 1, workloads: ['spawn', 'lock'], cells: 4 },
  ...{ pythons: [['3.13', 2]], unavailable: [{ requested: '3.7', reason: 'It is too old.' }] },
};

const payload = {
  repository: { default_branch: 'main' },
  pull_request: {
    number: 7,
    ...{ base: { sha: commit, repo: { full_name: 'o/r' } }, head: { sha: commit, repo: { full_name: 'f/r' } } },
  },
  merge_group: { base_sha: commit, head_ref: `refs/heads/gh-readonly-queue/main/pr-7-${commit}` },
  commits: [{ id: commit }],
  workflow_run: {
    ...{ id: 5, run_attempt: 1, head_sha: commit, head_branch: 'feature', event: 'pull_request', name: 'measure' },
    head_repository: { full_name: 'f/r', owner: { login: 'f' } },
  },
};

/** Parses the payload as the runner's toolkit does, which takes what is no JSON for no event. */
async function readPayload(bytes: Buffer): Promise<unknown> {
  const parsed: EventSource['payload'] = JSON.parse(bytes.toString('utf8'));
  return ['pull_request', 'push', 'merge_group', 'workflow_run'].map((eventName) => {
    const source = { payload: parsed, eventName, sha: commit, ref: 'refs/heads/main', runId: 1, runAttempt: 1, job: 'j', action: 'a' };
    try {
      return workflowContext({ ...source, serverUrl: 'https://github.com' }, 'o/r');
    } catch (error) {
      if (error instanceof Error && error.name === 'UserError') return null;
      throw error;
    }
  });
}

const conversation = [{ event: 'start', protocol: 1 }, { event: 'value', index: 0, metrics: { wall_per_unit: 1 } }, { event: 'end' }];

/** A suite of two processes with values, and one that only found out how many loops a value takes. */
const pyperfSuite = {
  version: '1.0',
  metadata: { loops: 4, perf_version: '2.11.0', python_version: '3.13.0 (64-bit)', python_implementation: 'cpython', unit: 'second' },
  benchmarks: [
    {
      metadata: { name: 'chat' },
      runs: [{ warmups: [[4, 0.5]] }, ...[0.011, 0.012].map((value) => ({ metadata: { date: created }, values: [value, value * 1.1] }))],
    },
  ],
};

/** What a run that was killed in its pairs left behind. */
function journal(): string {
  const path = join(folder, 'seed.journal');
  rmSync(path, { force: true });
  const writer = beginJournal(path, journalHeader);
  writer.append({ kind: 'opened', by: { boot: 'b', namespace: null, pid: 7, started: 1 } });
  for (const entry of journaledPairs(2)) writer.append(entry);
  writer.close();
  return readFileSync(path, 'utf8');
}

async function exported(): Promise<string> {
  const files = memoryFiles();
  await baselineStore(files, condensedRun).append([0, 1].map((run) => historyRun({ cells: 2, run, processes: 3 })));
  return (await exportBaseline(files)).text;
}

export const formats: readonly Format[] = [
  {
    name: 'config file',
    seeds: async () => [config],
    read: async (bytes) => {
      const path = inFile('concurrency.yml', bytes);
      return readOptions([{ source: path, given: await readConfigFile(path, true) }]);
    },
  },
  {
    name: 'threshold rules',
    seeds: async () => ['[{workload: "chat_*", model: asyncio, metric: "wall_*", runtime: "*3.14*", target: 20%, margin: 8%}]'],
    read: async (bytes) => inputOf('thresholds', bytes),
  },
  { name: 'shard of a matrix', seeds: async () => [JSON.stringify(shard)], read: async (bytes) => inputOf('shard', bytes) },
  {
    name: 'accepted changes',
    seeds: async () => [withAcceptedShifts('', [{ cells: ['chat_server/*', 'spawn/*'], commit, by: 'ada', why: 'Meant.', created }])],
    read: async (bytes) => parseAcceptedFile(bytes.toString('utf8')),
  },
  {
    name: 'exported baseline',
    seeds: async () => [await exported()],
    read: async (bytes) => importBaseline(memoryFiles(), bytes.toString('utf8'), condensedRun),
  },
  {
    name: 'journal',
    seeds: async () => [journal()],
    read: async (bytes) => {
      inFile(journalPathOf('run.json'), bytes);
      return readRun(join(folder, 'run.json'));
    },
  },
  {
    name: 'pyperf file',
    seeds: async () => [JSON.stringify(pyperfSuite)],
    read: async (bytes) => readComparedFile(inFile('pyperf.json', bytes)),
  },
  {
    name: 'null runs',
    seeds: async () => [[0, 1].map((flagged) => JSON.stringify({ created, commit, cells: 12, flagged })).join('\n')],
    read: async (bytes) => readNullRuns(inFile('null-runs.jsonl', bytes)),
  },
  {
    name: 'comment',
    seeds: async () => {
      const body = `${markerLine({ name: 'nightly', runId: 7, attempt: 1, commit })}\n## Report`;
      return [
        withRecord(body, { commit, reportedAt: created, listed: [{ at: created, cells: ['a/threads/x'], fresh: true }] }, 60_000).body,
      ];
    },
    read: async (bytes) => [readMarker(bytes.toString('utf8')), readRecord(bytes.toString('utf8'))],
  },
  { name: 'event payload', seeds: async () => [JSON.stringify(payload)], read: readPayload },
  {
    name: 'worker protocol',
    seeds: async () => [`${conversation.map((event) => JSON.stringify(event)).join('\n')}\n`],
    read: async (bytes) => {
      const listener = new ConversationListener();
      for (let at = 0; at < bytes.length; at += 997) listener.hear(bytes.subarray(at, at + 997), at);
      return listener.conversation;
    },
  },
];
