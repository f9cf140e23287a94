"""A coroutine that makes a blocking call when `fault` is set."""
import asyncio
import time

PARAMS = {"n": 40, "fault": 0}
MODELS = ["asyncio"]
LAG = True


async def unit_async(work, i):
    await asyncio.sleep(0.002)
    if work.fault and i == 7:
        time.sleep(0.05)
    await asyncio.sleep(0.002)
    return i


def verify(work, results):
    assert results == list(range(work.n))
