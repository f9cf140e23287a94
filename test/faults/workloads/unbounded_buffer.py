"""A writer that does not wait for its slow reader when `fault` is set."""
import asyncio

PARAMS = {"n": 256, "fault": 0}
MODELS = ["asyncio"]
GATE = "peak_rss"
SIZE = 65536


async def run_asyncio(work):
    received = 0
    finished = asyncio.Event()

    async def read_slowly(reader, writer):
        nonlocal received
        while piece := await reader.read(SIZE):
            received += len(piece)
            await asyncio.sleep(0)
        writer.close()
        finished.set()

    server = await asyncio.start_server(read_slowly, "127.0.0.1", 0, limit=SIZE)
    _, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    for number in range(work.n):
        # A piece of its own each time: a transport that keeps what it was given without a copy would keep one.
        writer.write(bytes([number % 256]) * SIZE)
        if not work.fault:
            await writer.drain()
    writer.write_eof()
    await finished.wait()
    writer.close()
    server.close()
    return received


def verify(work, results):
    assert results == work.n * SIZE, f"{results} bytes of {work.n * SIZE} arrived"
