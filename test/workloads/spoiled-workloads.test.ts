import { describe, expect, test } from 'vitest';
import { copiedWorkloads } from './copied-workloads.fixture.ts';

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
    const { run } = copiedWorkloads();
    const lines = await run(workload, model);
    expect(lines.map((line) => line['event'])).toEqual(['start', 'value', 'end']);
    expect(lines[1]?.['verified']).toBe(true);
  });
});

describe('what arrived wrong is an error and not a time', () => {
  test.each(['sequential', 'threads', 'thread_pool', 'asyncio', 'executor'])('a page with one wrong byte, under %s', async (model) => {
    const { spoilPeer, errorOf } = copiedWorkloads();
    spoilPeer('http_server', wrongByte('pages.body_of', 7));
    expect(await errorOf('web_scraping', model)).toMatchObject({
      event: 'error',
      phase: 'verify',
      message: expect.stringContaining('page 7 first'),
    });
  });

  test.each(['threads', 'thread_pool', 'asyncio'])('a slow file with one wrong byte, under %s', async (model) => {
    const { spoilPeer, errorOf } = copiedWorkloads();
    spoilPeer('slow_storage', wrongByte('stored_files.content_of', 5));
    const error = await errorOf('file_reading_slow', model);
    expect(error).toMatchObject({ event: 'error', phase: 'verify', message: expect.stringContaining('file 5 first') });
  });

  test.each(['threads', 'executor', 'asyncio'])('a cached file with one wrong byte, under %s', async (model) => {
    const { spoilWorkload, errorOf } = copiedWorkloads();
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
    const { spoilWorkload, errorOf } = copiedWorkloads();
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
    const { spoilWorkload, errorOf } = copiedWorkloads();
    spoilWorkload('chat_server', inBroadcast(model, 'return'));
    const error = await errorOf('chat_server', model);
    expect(error).toMatchObject({ event: 'error', phase: 'verify', message: expect.stringContaining('4 deliveries were lost') });
  });
});

describe('a fault of the system under test is named', () => {
  test.each(['protocol', 'streams', 'sockets'])('a changed echo, with %s', async (api) => {
    const { spoilWorkload, errorOf } = copiedWorkloads();
    spoilWorkload('echo', 'import zlib\nhonest.echo_messages.checksum_of = lambda count, size: zlib.crc32(b"other")');
    expect(await errorOf('echo', 'asyncio', { api })).toMatchObject({ phase: 'verify', message: 'what came back is not what was sent' });
  });

  test('an echo that stops half way', async () => {
    const { spoilWorkload, errorOf } = copiedWorkloads();
    const stop = 'honest.EchoProtocol.data_received = lambda self, data: self.transport.abort()';
    spoilWorkload('echo', stop);
    expect(await errorOf('echo', 'asyncio')).toMatchObject({ phase: 'verify', message: expect.stringContaining('gave up after 0 of 12') });
  });

  test.each(['threads', 'asyncio'])('a lost tail of a long stream, under %s', async (model) => {
    const { spoilWorkload, errorOf } = copiedWorkloads();
    spoilWorkload('bulk', 'pieces = honest.bulk_pieces.pieces\nhonest.bulk_pieces.pieces = lambda n, size: pieces(n - 1, size)');
    expect(await errorOf('bulk', model)).toMatchObject({
      phase: 'verify',
      message: expect.stringMatching(/^\d+ bytes arrived instead of|^what arrived is not/),
    });
  });

  test('a write buffer without a bound', async () => {
    const { spoilWorkload, errorOf } = copiedWorkloads();
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
    const { spoilWorkload, errorOf } = copiedWorkloads();
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
    const { spoilWorkload, errorOf } = copiedWorkloads();
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
    const { spoilWorkload, errorOf } = copiedWorkloads();
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
    const { spoilWorkload, run } = copiedWorkloads();
    spoilWorkload('memory_growth', 'kept = []\nhonest.make_cycles = lambda: kept.append(bytes(4000))');
    const lines = await run('memory_growth', 'asyncio', { n: 600 });
    const value = lines.find(({ event }) => event === 'value') as { metrics: Record<string, number> } | undefined;
    // 4 kB an operation are 4 MB a thousand; the allocator may round and start late.
    expect(value?.metrics['memory_growth']).toBeGreaterThan(2_000_000);
  });
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
