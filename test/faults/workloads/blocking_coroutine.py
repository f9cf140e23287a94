"""A coroutine that makes a blocking call when `fault` is set."""
import asyncio
import time

PARAMS = {"n": 40, "steps": 20, "fault": 0}
MODELS = ["asyncio"]
LAG = True


async def unit_async(work, i):
    # Many waits, so that the one of the blocking call hardly counts among the context switches.
    for step in range(work.steps):
        await asyncio.sleep(0.002)
        if work.fault and i == 7 and step == 3:
            time.sleep(0.08)
    return i


def verify(work, results):
    assert results == list(range(work.n))
