"""The write-up's example: five waits at once, shortened from 2 s to 50 ms. Measures how much of the waiting really overlaps: close to
5 when the model is concurrent, 1 when one wait follows the other.

Judged by the overlap factor: the wall time of waits hides everything, while a model that loses a worker or starts slowly loses overlap.
Not measured: what a wait costs (see fan_out). Expected order: threads, pools and loops alike, then processes and subinterpreters, whose
start is part of the value, then sequential.
"""
import time

PARAMS = {"n": 5, "delay": 0.05, "workers": 5}
# One after the other takes five times as long; the factor is the same with shorter waits.
MODEL_PARAMS = {"sequential": {"delay": 0.02}}
GATE = "overlap"
CORE = ["threads", "asyncio"]


def unit(work, i):
    time.sleep(work.delay)
    return i


async def unit_async(work, i):
    # Not at the top: every subinterpreter would import asyncio anew, for ten times the length of the wait.
    from asyncio import sleep

    await sleep(work.delay)
    return i


def units(work):
    return work.n


def ideal(work):
    return work.delay * (work.n if work.model == "sequential" else 1)


def verify(work, results):
    assert results == list(range(work.n)), "every wait must end once and give its own number"
