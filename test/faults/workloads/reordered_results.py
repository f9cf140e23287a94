"""Results of an executor that are collected as they come when `fault` is set."""
import asyncio
import time

PARAMS = {"n": 4, "fault": 0}
MODELS = ["executor"]


def call(i):
    time.sleep(0.01 * (4 - i))
    return i


async def run_executor(work):
    loop = asyncio.get_running_loop()
    calls = [loop.run_in_executor(None, call, i) for i in range(work.n)]
    if work.fault:
        return [await finished for finished in asyncio.as_completed(calls)]
    return await asyncio.gather(*calls)


def verify(work, results):
    assert results == list(range(work.n)), f"the results are out of order: {results}"
