"""Blocking calls: coroutines that need the result of a call that blocks.

`workers` request handlers make `n` calls of `delay` seconds between them. Measured: under asyncio and uvloop the call is made
in the loop, which nothing else can use meanwhile; executor moves it to `workers` threads with run_in_executor; the event-loop
lag is how late a task that sleeps for a millisecond wakes up in the same loop. Threads and a thread pool make the calls without
any loop. Not measured: what the call does; it sleeps (see `blocking_calls_cpu` for one that computes).
"""
import asyncio
import math
import time
from functools import partial

from peers import work_sharing

PARAMS = {"n": 48, "workers": 4, "delay": 0.005}
MODEL_PARAMS = {"sequential": {"n": 12}, "asyncio": {"n": 12}, "uvloop": {"n": 12}}
# Not the overhead: what remains of the time after the waits varies several times as much as the time itself.
GATE = "wall_per_unit"
CORE = ["asyncio", "executor"]
LAG = True
SKIP = {
    "processes": "a call that only waits gains nothing from a process of its own",
    "interpreters": "a call that only waits gains nothing from an interpreter of its own",
}


def unit(work, i):
    time.sleep(work.delay)
    return i * i


def units(work):
    return work.n


def ideal(work):
    return math.ceil(work.n / work.workers) * work.delay


def verify(work, results):
    assert results == [i * i for i in range(work.n)], "the results are not those of the calls, in the calls' order"


def run_threads(work):
    return sorted(work_sharing.in_threads(work, partial(unit, work), work.workers, overlap=True))


async def run_asyncio(work):
    return await handle(work, in_loop(partial(unit, work)))


def in_loop(blocking):
    """A coroutine function that makes the blocking call in the loop and then lets the others in."""

    async def call(i):
        result = blocking(i)
        await asyncio.sleep(0)
        return result

    return call


async def handle(work, call):
    """Awaits `call(i)` for every i, one at a time in each of `work.workers` handlers; results in order."""
    remaining, results = iter(range(work.n)), {}

    async def handler():
        for i in remaining:
            results[i] = await call(i)

    await asyncio.gather(*(handler() for _ in range(work.workers)))
    return [results[i] for i in range(work.n)]
