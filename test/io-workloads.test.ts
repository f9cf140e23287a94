import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { interpretersUnderTest } from './python-environments.ts';
import { type Line, runWorker } from './worker-process.ts';

// The newest with the interpreter lock: what every version does alike is checked on all of them elsewhere.
const python = interpretersUnderTest().findLast(({ freeThreaded }) => !freeThreaded)?.executable ?? 'python3';
const bundled = join(import.meta.dirname, '..', 'workloads');

/** Sizes at which a value takes a few milliseconds; what is missing is waited for only briefly. */
const small: Readonly<Record<string, object>> = {
  web_scraping: { pages_each: 3, connections: 4, delay: 0.002, size: 300, patience: 2 },
  file_reading: { n: 12, files: 4, size: 300, workers: 2 },
  file_reading_slow: { n: 12, workers: 4, size: 300, delay: 0.002, patience: 2 },
  chat_server: { clients: 4, deliveries: 48, patience: 1 },
  echo: { n: 12, size: 64, patience: 1 },
  bulk: { n: 12, patience: 1 },
};

/** A copy of the bundled workloads that a test may spoil. */
let folder: string;
const started: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'io-workloads-'));
  const copied = readdirSync(bundled).filter((name) => name.endsWith('.py') || name === 'peers');
  for (const name of copied) cpSync(join(bundled, name), join(folder, name), { recursive: true });
});

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Puts `spoiling` in front of a peer: it may change the modules that the peer is about to use. */
function spoilPeer(peer: string, spoiling: string): void {
  renameSync(join(folder, 'peers', `${peer}.py`), join(folder, 'peers', `honest_${peer}.py`));
  const honest = 'runpy.run_path(os.path.join(os.path.dirname(__file__), "honest_PEER.py"), run_name="__main__")';
  writeFileSync(join(folder, 'peers', `${peer}.py`), `import os, runpy\n${spoiling}\n${honest.replace('PEER', peer)}\n`);
}

/** Puts a workload of the same name in front of a bundled one, which `spoiling` finds as `honest`. */
function spoilWorkload(workload: string, spoiling: string): void {
  renameSync(join(folder, `${workload}.py`), join(folder, `honest_${workload}.py`));
  writeFileSync(join(folder, `${workload}.py`), `import honest_${workload} as honest\nfrom honest_${workload} import *\n${spoiling}\n`);
}

/** What a worker says of one value of the copied workload. */
async function run(workload: string, model: string, params: object = {}): Promise<readonly Line[]> {
  const sizes = ['--values', '1', '--warmups', '0', '--params', JSON.stringify({ ...small[workload], ...params })];
  const { lines } = await runWorker(python, join(folder, `${workload}.py`), ['run', '--model', model, ...sizes]);
  return lines;
}

/** The one error a spoiled run must end with; no value may be reported. */
async function errorOf(workload: string, model: string, params: object = {}): Promise<Line> {
  const lines = await run(workload, model, params);
  expect(lines.filter((line) => line['event'] === 'value')).toEqual([]);
  return lines.at(-1) ?? { event: 'nothing' };
}

describe('an honest run', () => {
  test.each([
    ['web_scraping', 'threads'],
    ['web_scraping', 'asyncio'],
    ['file_reading', 'thread_pool'],
    ['file_reading_slow', 'threads'],
    ['chat_server', 'threads'],
    ['chat_server', 'asyncio'],
    ['echo', 'threads'],
    ['echo', 'asyncio'],
    ['bulk', 'threads'],
    ['bulk', 'asyncio'],
  ])('of %s under %s is verified at test size', async (workload, model) => {
    const lines = await run(workload, model);
    expect(lines.map((line) => line['event'])).toEqual(['start', 'value', 'end']);
    expect(lines[1]?.['verified']).toBe(true);
  });
});

describe('what arrived wrong is an error and not a time', () => {
  test.each(['sequential', 'threads', 'thread_pool', 'asyncio', 'executor'])('a page with one wrong byte, under %s', async (model) => {
    spoilPeer('http_server', wrongByte('pages.body_of', 7));
    expect(await errorOf('web_scraping', model)).toMatchObject({
      event: 'error',
      phase: 'verify',
      message: expect.stringContaining('page 7 first'),
    });
  });

  test.each(['threads', 'thread_pool', 'asyncio'])('a slow file with one wrong byte, under %s', async (model) => {
    spoilPeer('slow_storage', wrongByte('stored_files.content_of', 5));
    const error = await errorOf('file_reading_slow', model);
    expect(error).toMatchObject({ event: 'error', phase: 'verify', message: expect.stringContaining('file 5 first') });
  });

  test.each(['threads', 'executor', 'asyncio'])('a cached file with one wrong byte, under %s', async (model) => {
    const spoil =
      'def setup(work):\n  honest.setup(work)\n  with open(honest.stored_files.path_of(work.folder, 3), "r+b") as file: file.write(b"!")';
    spoilWorkload('file_reading', spoil);
    expect(await errorOf('file_reading', model)).toMatchObject({
      event: 'error',
      phase: 'verify',
      message: expect.stringContaining('read 3 first'),
    });
  });

  test.each(['threads', 'asyncio'])('a chat message with one wrong byte, under %s', async (model) => {
    // The last message of its sender: nobody waits for it, so every delivery is made.
    spoilWorkload('chat_server', inBroadcast(model, 'frame = frame.replace(b"~", b"!", 1)'));
    const error = await errorOf('chat_server', model);
    expect(error).toMatchObject({
      event: 'error',
      phase: 'verify',
      message: expect.stringContaining('heard other messages than were said'),
    });
  });

  test.each(['threads', 'asyncio'])('a chat message that is never delivered, under %s', async (model) => {
    spoilWorkload('chat_server', inBroadcast(model, 'return'));
    const error = await errorOf('chat_server', model);
    expect(error).toMatchObject({ event: 'error', phase: 'verify', message: expect.stringContaining('4 deliveries were lost') });
  });
});

describe('a fault of the system under test is named', () => {
  test.each(['protocol', 'streams', 'sockets'])('a changed echo, with %s', async (api) => {
    spoilWorkload('echo', 'import zlib\nhonest.echo_messages.checksum_of = lambda count, size: zlib.crc32(b"other")');
    expect(await errorOf('echo', 'asyncio', { api })).toMatchObject({ phase: 'verify', message: 'what came back is not what was sent' });
  });

  test('an echo that stops half way', async () => {
    const stop = 'honest.EchoProtocol.data_received = lambda self, data: self.transport.abort()';
    spoilWorkload('echo', stop);
    expect(await errorOf('echo', 'asyncio')).toMatchObject({ phase: 'verify', message: expect.stringContaining('gave up after 0 of 12') });
  });

  test.each(['threads', 'asyncio'])('a lost tail of a long stream, under %s', async (model) => {
    spoilWorkload('bulk', 'pieces = honest.bulk_pieces.pieces\nhonest.bulk_pieces.pieces = lambda n, size: pieces(n - 1, size)');
    expect(await errorOf('bulk', model)).toMatchObject({
      phase: 'verify',
      message: expect.stringMatching(/^\d+ bytes arrived instead of|^what arrived is not/),
    });
  });

  test('a write buffer without a bound', async () => {
    const unbounded = `
async def send_stream(work, writer):
    most = 0
    for piece in honest.bulk_pieces.pieces(work.n, work.size):
        writer.write(piece)
        most = max(most, writer.transport.get_write_buffer_size())
    writer.close()
    await writer.wait_closed()
    return most
honest.send_stream = send_stream`;
    spoilWorkload('bulk', unbounded);
    const error = await errorOf('bulk', 'asyncio', { n: 300, pause: 0.3 });
    expect(error).toMatchObject({
      phase: 'verify',
      message: expect.stringMatching(/^\d{7,} bytes waited in the transport's write buffer/),
    });
  });

  test('results of an executor in another order', async () => {
    const reorder = `
honest_run = honest.run_executor
async def run_executor(work):
    orders = await honest_run(work)
    orders.results.reverse()
    return orders`;
    spoilWorkload('executor', reorder);
    expect(await errorOf('executor', 'executor', { n: 20 })).toMatchObject({
      phase: 'verify',
      message: expect.stringContaining("in the calls' order"),
    });
  });

  test('a lock that lets everyone in', async () => {
    const open = `
import asyncio
class Open:
    async def __aenter__(self): pass
    async def __aexit__(self, *exception): pass
asyncio.Lock = Open`;
    spoilWorkload('lock', open);
    const error = await errorOf('lock', 'asyncio', { n: 20, workers: 5 });
    expect(error).toMatchObject({ phase: 'verify', message: expect.stringContaining('the counter is 4 after 20 turns') });
  });

  test('a task that is leaked', async () => {
    const leak = `
import asyncio
honest_cycles = honest.make_cycles
def make_cycles():
    honest_cycles()
    asyncio.get_running_loop().create_task(asyncio.sleep(60))
honest.make_cycles = make_cycles`;
    spoilWorkload('memory_growth', leak);
    expect(await errorOf('memory_growth', 'asyncio', { n: 60 })).toMatchObject({
      phase: 'verify',
      message: expect.stringContaining('60 tasks or threads are left'),
    });
  });

  test('memory that is never given back', async () => {
    spoilWorkload('memory_growth', 'kept = []\nhonest.make_cycles = lambda: kept.append(bytes(4000))');
    const lines = await run('memory_growth', 'asyncio', { n: 600 });
    const value = lines.find(({ event }) => event === 'value') as { metrics: Record<string, number> } | undefined;
    // 4 kB an operation are 4 MB a thousand; the allocator may round and start late.
    expect(value?.metrics['memory_growth']).toBeGreaterThan(2_000_000);
  });
});

describe('a peer that dies in the middle is an error and not a hang', () => {
  const dieAtThirdCall = (name: string) => `
import ${name.split('.')[0]}
honest, calls = ${name}, []
def dying(*arguments):
    calls.append(arguments)
    if len(calls) > 3: os._exit(1)
    return honest(*arguments)
${name} = dying`;

  test.each(['threads', 'thread_pool', 'asyncio', 'executor'])('the web server, under %s', async (model) => {
    spoilPeer('http_server', dieAtThirdCall('pages.body_of'));
    expect(await errorOf('web_scraping', model)).toMatchObject({ event: 'error', phase: 'run' });
  });

  test.each(['sequential', 'threads', 'thread_pool', 'asyncio', 'executor'])('the slow storage, under %s', async (model) => {
    spoilPeer('slow_storage', dieAtThirdCall('time.sleep'));
    const error = await errorOf('file_reading_slow', model);
    expect(error).toMatchObject({ event: 'error', phase: 'run', message: expect.stringContaining('the storage process is gone') });
  });

  test.each(['threads', 'asyncio'])('the chat clients, under %s', async (model) => {
    spoilPeer('chat_clients', dieAtThirdCall('zlib.crc32'));
    const error = await errorOf('chat_server', model);
    expect(error).toMatchObject({ event: 'error', phase: 'verify', message: expect.stringContaining('ended without a report') });
  });
});

describe('a peer does not outlive the process that started it', () => {
  const peers: readonly (readonly [string, readonly string[]])[] = [
    ['http_server', ['0.001', '100']],
    ['slow_storage', ['.', '3', '100', '0.001']],
    ['chat_clients', ['1', '2', '2', '64', '5']],
    ['echo_client', ['1', '2', '64', '5']],
    ['slow_reader', ['1', '0', '5']],
  ];

  test.each(peers)('%s ends when its standard input ends', async (peer, args) => {
    const alive = start(peer, args);
    await announced(alive);
    alive.stdin?.end();
    await expect(ended(alive)).resolves.toBe(0);
  });

  test.each(peers)('%s ends when its parent is killed and its standard input says nothing', async (peer, args) => {
    const starter = `
import subprocess, sys, time
peer = subprocess.Popen([sys.executable, *sys.argv[1:]], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
peer.stdout.readline()
print(peer.pid, flush=True)
time.sleep(60)`;
    const parent = spawn(python, ['-c', starter, script(peer), ...args], { cwd: workingFolder(), stdio: ['ignore', 'pipe', 'ignore'] });
    started.push(parent);
    const pid = Number(await announced(parent));
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    await expect.poll(() => isAlive(pid), { timeout: 10_000, interval: 100 }).toBe(false);
  });

  const script = (peer: string) => join(folder, 'peers', `${peer}.py`);

  /** A folder with the file that the slow storage holds open while it is alive. */
  function workingFolder(): string {
    writeFileSync(join(folder, 'alive'), '');
    return folder;
  }

  function start(peer: string, args: readonly string[]): ChildProcess {
    const child = spawn(python, [script(peer), ...args], { cwd: workingFolder(), stdio: ['pipe', 'pipe', 'inherit'] });
    started.push(child);
    return child;
  }

  async function announced(child: ChildProcess): Promise<string> {
    for await (const chunk of child.stdout ?? []) return String(chunk);
    throw new Error('the process ended without a word');
  }

  const ended = (child: ChildProcess) => new Promise((resolve) => child.once('exit', resolve));
});

/** Python that makes the named function of a shared module give one wrong byte for one number. */
function wrongByte(name: string, number: number): string {
  const module = name.split('.')[0];
  return `import ${module}\nhonest = ${name}\n${name} = lambda i, size: (b"!" if i == ${number} else honest(i, size)[:1]) + honest(i, size)[1:]`;
}

/** Python that does something about the last message of client 2 before it is broadcast. */
function inBroadcast(model: string, statement: string): string {
  const [room, async, result] = model === 'threads' ? ['ThreadedRoom', '', ''] : ['StreamRoom', 'async ', 'await '];
  return `
broadcast = honest.${room}.broadcast
${async}def spoiled(self, frame):
    if frame.startswith(b"00002 00002"): ${statement}
    ${result}broadcast(self, frame)
honest.${room}.broadcast = spoiled`;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
