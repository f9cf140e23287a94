"""Fan-out: many waits of 50 ms at once. Measures what a model spends on keeping hundreds of threads or thousands of tasks waiting; the
CPU time per wait is what counts, because the waits themselves take the same time everywhere.

The loops get more waits than the threads, so that what they spend is long enough to be measured. Not measured: real input or output.
Expected order: uvloop, asyncio, then everything that holds a thread per wait.
"""
import asyncio
import time

PARAMS = {"n": 200, "delay": 0.05, "workers": 200}
MODEL_PARAMS = {"asyncio": {"n": 3000}, "uvloop": {"n": 3000}}
GATE = "cpu_per_unit"
CORE = ["threads", "asyncio"]
SCALE = {"n": [10, 100, 1000]}
SCALE_MODELS = {"n": ["threads", "asyncio", "uvloop"]}
SKIP = {
    "sequential": "200 waits one after the other take 10 s and show nothing; fan_out_five has the sequential row",
    "processes": "a process per wait is no way to wait; fan_out_five has the row for processes",
    "interpreters": "a subinterpreter per wait is no way to wait; fan_out_five has the row for subinterpreters",
}


def unit(work, i):
    time.sleep(work.delay)
    return i


async def unit_async(work, i):
    await asyncio.sleep(work.delay)
    return i


def units(work):
    return work.n


def ideal(work):
    return work.delay


def verify(work, results):
    assert results == list(range(work.n)), "every wait must end once and give its own number"
