"""A queue without a limit, whose writer runs ahead of its reader, when `fault` is set."""
import asyncio

PARAMS = {"n": 400, "limit": 10, "fault": 0}
MODELS = ["asyncio"]
GATE = "most_buffered"
METRICS = {"most_buffered": {"unit": "count", "better": "lower"}}


async def run_asyncio(work):
    queue = asyncio.Queue(0 if work.fault else work.limit)
    received, most = [], 0

    async def read():
        nonlocal most
        while len(received) < work.n:
            most = max(most, queue.qsize())
            received.append(await queue.get())

    reader = asyncio.ensure_future(read())
    for number in range(work.n):
        await queue.put(number)
    await reader
    work.metric("most_buffered", most)
    return received


def verify(work, results):
    assert results == list(range(work.n))
