"""Runs on whatever loop the model gives it."""
import asyncio

PARAMS = {"n": 3}
MODELS = ["uvloop"]


async def unit_async(work, i):
    await asyncio.sleep(0)
    return i


def verify(work, results):
    assert results == list(range(work.n))
