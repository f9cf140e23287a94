"""Tasks that are never awaited and never end when `fault` is set."""
import asyncio
import os

PARAMS = {"n": 3000, "fault": 0}
MODELS = ["asyncio"]
GATE = "memory_per_unit"
PAGE = os.sysconf("SC_PAGE_SIZE")
KEPT = []


def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * PAGE


async def wait(done):
    await done.wait()


async def run_asyncio(work):
    before, done = resident(), asyncio.Event()
    tasks = [asyncio.ensure_future(wait(asyncio.Event() if work.fault else done)) for _ in range(work.n)]
    await asyncio.sleep(0)
    done.set()
    if work.fault:
        # Kept by something that outlives them, as a forgotten registry would.
        KEPT.extend((task, bytearray(2048)) for task in tasks)
    else:
        await asyncio.gather(*tasks)
    tasks.clear()
    work.metric("memory_per_unit", max(1.0, (resident() - before) / work.n))
    return work.n


def verify(work, results):
    assert results == work.n
