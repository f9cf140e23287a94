"""Bulk: one long stream to a reader that is slow at first.

`n` pieces of `size` bytes go to one reader in a process of its own on a fixed interpreter, which waits `pause` seconds before it reads.
Measured: the time per piece, and whether the writer waits for the reader: `peak_rss` and `most_buffered`, the most bytes that waited in a
transport, stay where they are with flow control, and grow by the whole stream without. `call` says how asyncio's stream is written to:
write or writelines. Not measured: the reader, TLS, a network. `patience` is how many seconds either side waits for a silent other.
"""
import asyncio

from peers import bulk_pieces, rounds, tcp

PARAMS = {"n": 1000, "size": 65536, "pause": 0.01, "call": "write", "patience": 10}
METRICS = {"most_buffered": {"unit": "B", "better": "lower"}}
GATE = "wall_per_unit"
CORE = ["asyncio"]
SCALE = {"call": ["write", "writelines"]}
SCALE_MODELS = {"call": ["asyncio", "uvloop"]}
MOST_BUFFERED = 1 << 20
"""Bytes that may wait in a transport: asyncio and uvloop stop a writer at 64 KiB, plus the piece that went over."""
ONE_STREAM = "one stream has one writer, and the threads row has it"
SKIP = {model: ONE_STREAM for model in ("sequential", "thread_pool", "executor", "processes", "interpreters")}


def setup(work):
    work.listener = tcp.listener(work.patience)
    reader = work.peer("peers/slow_reader.py", tcp.port_of(work.listener), work.pause, work.patience)
    # The reader gives up after `patience` and then still has to report.
    work.rounds = rounds.Rounds(reader["port"], 2 * work.patience)
    work.checksum = bulk_pieces.checksum_of(work.n, work.size)


def teardown(work):
    work.rounds.close()
    work.listener.close()


def units(work):
    return work.n


def verify(work, results):
    """Every byte in order, and never more than a little of it waiting in this process."""
    report = work.rounds.report()
    assert report["error"] is None, f"the reader gave up after {report['bytes']} bytes: {report['error']}"
    assert report["bytes"] == work.n * work.size, f"{report['bytes']} bytes arrived instead of {work.n * work.size}"
    assert report["checksum"] == work.checksum, "what arrived is not what was sent"
    # writelines has no flow control in 3.12.0 to 3.12.8 and 3.13.0 to 3.13.1 (cpython#127655): there it is a figure and not a fault.
    if work.call == "write":
        assert results <= MOST_BUFFERED, f"{results} bytes waited in the transport's write buffer: nothing held the writer back"
    if work.model != "threads":
        work.metric("most_buffered", max(results, 1))


def run_threads(work):
    import threading

    errors = []
    work.rounds.begin()
    connection = tcp.accept(work.listener, work.patience)
    thread = threading.Thread(target=send_blocking, args=(work, connection, errors))
    thread.start()
    work.count_threads()
    thread.join()
    if errors:
        raise errors[0]
    return 0


def send_blocking(work, connection, errors):
    try:
        with connection:
            for piece in bulk_pieces.pieces(work.n, work.size):
                connection.sendall(piece)
    except BaseException as error:
        errors.append(error)


async def run_asyncio(work):
    ended = asyncio.get_running_loop().create_future()

    async def serve(reader, writer):
        try:
            tcp.assert_no_delay(writer.get_extra_info("socket"))
            ended.set_result(await send_stream(work, writer))
        except BaseException as error:
            ended.set_exception(error)

    server = await asyncio.start_server(serve, sock=work.listener.dup())
    try:
        work.rounds.begin()
        return await asyncio.wait_for(ended, 2 * work.patience)
    finally:
        server.close()


async def send_stream(work, writer):
    """Sends all pieces; the most bytes that waited in the transport."""
    most = 0
    for piece in bulk_pieces.pieces(work.n, work.size):
        if work.call == "writelines":
            writer.writelines([piece])
        else:
            writer.write(piece)
        most = max(most, writer.transport.get_write_buffer_size())
        await writer.drain()
    writer.close()
    await writer.wait_closed()
    return most
