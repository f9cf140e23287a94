import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { copiedWorkloads, python } from './copied-workloads.fixture.ts';

const script = (folder: string, peer: string) => join(folder, 'peers', `${peer}.py`);
const ended = (child: ChildProcess) => new Promise((resolve) => child.once('exit', resolve));

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
    const { spoilPeer, errorOf } = copiedWorkloads();
    spoilPeer('http_server', dieAtThirdCall('pages.body_of'));
    expect(await errorOf('web_scraping', model)).toMatchObject({ event: 'error', phase: 'run' });
  });

  test.each(['sequential', 'threads', 'thread_pool', 'asyncio', 'executor'])('the slow storage, under %s', async (model) => {
    const { spoilPeer, errorOf } = copiedWorkloads();
    spoilPeer('slow_storage', dieAtThirdCall('time.sleep'));
    const error = await errorOf('file_reading_slow', model);
    expect(error).toMatchObject({ event: 'error', phase: 'run', message: expect.stringContaining('the storage process is gone') });
  });

  test.each(['threads', 'asyncio'])('the chat clients, under %s', async (model) => {
    const { spoilPeer, errorOf } = copiedWorkloads();
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
    const { folder } = copiedWorkloads();
    const alive = start(folder, [script(folder, peer), ...args], ['pipe', 'pipe', 'inherit']);
    await announced(alive);
    alive.stdin?.end();
    await expect(ended(alive)).resolves.toBe(0);
  });

  test.each(peers)('%s ends when its parent is killed and its standard input says nothing', async (peer, args) => {
    const { folder } = copiedWorkloads();
    const starter = `
import subprocess, sys, time
peer = subprocess.Popen([sys.executable, *sys.argv[1:]], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
peer.stdout.readline()
print(peer.pid, flush=True)
time.sleep(60)`;
    const parent = start(folder, ['-c', starter, script(folder, peer), ...args], ['ignore', 'pipe', 'ignore']);
    const pid = Number(await announced(parent));
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    await expect.poll(() => isAlive(pid), { timeout: 10_000, interval: 100 }).toBe(false);
  });
});

/** Starts the interpreter in a folder with the file that the slow storage holds open while it is alive. */
function start(folder: string, args: readonly string[], stdio: StdioOptions): ChildProcess {
  writeFileSync(join(folder, 'alive'), '');
  const child = spawn(python, args, { cwd: folder, stdio });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

async function announced(child: ChildProcess): Promise<string> {
  for await (const chunk of child.stdout ?? []) return String(chunk);
  throw new Error('the process ended without a word');
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
