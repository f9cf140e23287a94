"""Spawn: starting and ending units that do nothing. Measures what one more thread, task, pool job, process or subinterpreter costs;
the CPU time of a unit is what counts.

Sizes differ per model so that each value takes about as long; the figures are per unit. `processes` and `interpreters` start one process
or subinterpreter per unit, with spawn, because their pools would start only as many as there are workers. Expected order: a plain call,
uvloop, asyncio, thread pool, run_in_executor, threads, and far behind subinterpreters and processes.
"""
import os

PARAMS = {"n": 17000}
MODEL_PARAMS = {
    "sequential": {"n": 1000000},
    "threads": {"n": 600},
    "thread_pool": {"n": 8000, "workers": 4},
    "executor": {"n": 3000, "workers": 4},
    "processes": {"n": 2},
    "interpreters": {"n": 4},
}
GATE = "cpu_per_unit"
CORE = ["threads", "thread_pool", "asyncio", "uvloop"]

SCALE = {"n": [1, 10, 100, 1000]}
SCALE_MODELS = {"n": ["threads", "thread_pool", "asyncio", "uvloop", "executor"]}


def unit(work, i):
    return i


async def unit_async(work, i):
    return i


def units(work):
    return work.n


def run_processes(work):
    from multiprocessing import get_context

    context = get_context("spawn")
    # The exit code carries the result back: a pipe or queue per process would be measured with it.
    started = [context.Process(target=os._exit, args=(i + 1,)) for i in range(work.n)]
    for process in started:
        process.start()
    for process in started:
        process.join()
    return [process.exitcode - 1 for process in started]


def run_interpreters(work):
    from concurrent import interpreters

    started = [interpreters.create() for _ in range(work.n)]
    results = [interpreter.call(unit, None, i) for i, interpreter in enumerate(started)]
    for interpreter in started:
        interpreter.close()
    return results


def verify(work, results):
    assert results == list(range(work.n)), "every unit must run once and give its own number"
