"""Blocking calls that compute: coroutines that need the result of a calculation in pure Python.

`workers` request handlers make `n` calculations of `rounds` rounds (4 to 6 ms) between them. Measured: under asyncio and
uvloop in the loop itself, which nothing else can use meanwhile; executor moves them to `workers` threads, which still compete
with the loop for the global interpreter lock; processes moves them to `workers` processes with run_in_executor. The event-loop
lag is how late a task that sleeps for a millisecond wakes up in the same loop. Not measured: the start of the processes, which
a server pays once (see `data_crunching`).
"""
import asyncio
import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial

from blocking_calls import handle, in_loop
from concurrency_worker.event_loop_lag import LagTicker
from peers import lifetime

PARAMS = {"n": 12, "workers": 4, "rounds": 40000}
MODEL_PARAMS = {"processes": {"workers": 2}}
GATE = "wall_per_unit"
CORE = ["asyncio", "executor", "processes"]
LAG = True
TICK_SECONDS = 0.001
NO_LOOP = "without an event loop there is nothing to keep responsive: see data_crunching"
SKIP = {model: NO_LOOP for model in ("sequential", "threads", "thread_pool", "interpreters")}
MULTIPLIER, INCREMENT, MODULUS = 1103515245, 12345, 2**31


def setup(work):
    work.pool = None


def teardown(work):
    if work.pool is not None:
        work.pool.shutdown(cancel_futures=True)


def calculate(rounds, seed):
    """A linear congruential generator after `rounds` steps."""
    for _ in range(rounds):
        seed = (seed * MULTIPLIER + INCREMENT) % MODULUS
    return seed


def shortcut(rounds, seed):
    """What `calculate` must return, by repeated squaring of the step x -> a x + b."""
    a, b = MULTIPLIER, INCREMENT
    while rounds:
        if rounds % 2:
            seed = (seed * a + b) % MODULUS
        a, b = a * a % MODULUS, (a * b + b) % MODULUS
        rounds //= 2
    return seed


def units(work):
    return work.n


def verify(work, results):
    right = [shortcut(work.rounds, i) for i in range(work.n)]
    assert results == right, "the results are not those of the calculations, in the calculations' order"


async def run_asyncio(work):
    return await handle(work, in_loop(partial(calculate, work.rounds)))


async def run_executor(work):
    # Not all calls at once: the threads would have the interpreter lock before the loop had handed out the last one.
    with ThreadPoolExecutor(work.workers) as pool:
        results = await handle(work, partial(asyncio.get_running_loop().run_in_executor, pool, calculate, work.rounds))
        work.count_threads()
        return results


def run_processes(work):
    # The pool of the warm-up serves the values too: a server starts its pool once. Spawned, as forking beside threads is unsafe.
    if work.pool is None:
        spawn = multiprocessing.get_context("spawn")
        work.pool = ProcessPoolExecutor(work.workers, mp_context=spawn, initializer=lifetime.end_with_parent)
    return asyncio.run(calculate_in_processes(work))


async def calculate_in_processes(work):
    loop, ticker, before = asyncio.get_running_loop(), LagTicker(TICK_SECONDS), time.process_time()
    ticks = loop.create_task(ticker.tick())
    outcomes = await handle(work, partial(loop.run_in_executor, work.pool, timed_calculation, work.rounds))
    work.samples("loop_lag", ticker.lags())
    ticks.cancel()
    # The system adds the CPU time of processes to this one's only when they end.
    seconds = time.process_time() - before + sum(seconds for seconds, _ in outcomes)
    work.metric("cpu_per_unit", seconds / work.n)
    return [result for _, result in outcomes]


def timed_calculation(rounds, seed):
    """(CPU seconds, result), in a process of the pool."""
    before = time.process_time()
    result = calculate(rounds, seed)
    return time.process_time() - before, result
