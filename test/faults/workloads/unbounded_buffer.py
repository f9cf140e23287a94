"""A writer that does not wait for its slow reader when `fault` is set."""
import asyncio

PARAMS = {"n": 256, "fault": 0}
MODELS = ["asyncio"]
GATE = "peak_rss"
PIECE = b"x" * 65536


async def run_asyncio(work):
    received = 0
    finished = asyncio.Event()

    async def read_slowly(reader, writer):
        nonlocal received
        while piece := await reader.read(65536):
            received += len(piece)
            await asyncio.sleep(0)
        writer.close()
        finished.set()

    server = await asyncio.start_server(read_slowly, "127.0.0.1", 0, limit=65536)
    _, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    for _ in range(work.n):
        writer.write(PIECE)
        if not work.fault:
            await writer.drain()
    writer.write_eof()
    await finished.wait()
    writer.close()
    server.close()
    return received


def verify(work, results):
    assert results == work.n * len(PIECE), f"{results} bytes of {work.n * len(PIECE)} arrived"
