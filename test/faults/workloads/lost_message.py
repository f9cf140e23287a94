"""A queue whose reader stops one message early when `fault` is set."""
import asyncio

PARAMS = {"n": 50, "fault": 0}
MODELS = ["asyncio"]


async def run_asyncio(work):
    queue = asyncio.Queue()
    for number in range(work.n):
        queue.put_nowait(number)
    return [await queue.get() for _ in range(work.n - work.fault)]


def verify(work, results):
    assert results == list(range(work.n)), f"{work.n - len(results)} of {work.n} messages lost"
