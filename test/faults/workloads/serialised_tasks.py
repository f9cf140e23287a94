"""Tasks that wait their turn for one lock when `fault` is set."""
import asyncio

PARAMS = {"n": 8, "delay": 0.005, "fault": 0}
MODELS = ["asyncio"]
GATE = "overlap"


def setup(work):
    work.lock = None


async def unit_async(work, i):
    if not work.fault:
        await asyncio.sleep(work.delay)
        return i
    loop = asyncio.get_running_loop()
    if work.lock is None or work.lock[0] is not loop:
        work.lock = (loop, asyncio.Lock())
    async with work.lock[1]:
        # What the unit does is the wait; taking turns for it is the fault.
        await asyncio.sleep(work.delay)
    return i


def ideal(work):
    return work.delay


def verify(work, results):
    assert results == list(range(work.n))
