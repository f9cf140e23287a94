"""Data crunching: CPU-bound chunks of pure Python. Measures whether more workers make them faster; with the global interpreter lock
only processes and subinterpreters can, and their start is part of the value.

Each chunk is a chain of linear congruential steps that ends in a checksum; the right one follows from a closed form, so every step is
verified. `start_method` says how processes start; default is what this Python does by itself (fork, from 3.14 on forkserver on Linux).
Expected order on two or more CPUs: processes first (free-threaded builds: threads too), the loops and one thread last.
"""
import sys

MULTIPLIER, INCREMENT, MASK = 6364136223846793005, 1442695040888963407, (1 << 64) - 1

# fork on Linux, whatever this Python's own default is: see the row `default`.
START_METHOD = "fork" if sys.platform.startswith("linux") else "spawn"
PARAMS = {"n": 4, "steps": 140000, "workers": 2, "start_method": START_METHOD}
GATE = "wall_per_unit"
CORE = ["sequential", "threads", "asyncio", "processes"]
SCALE = {"start_method": [START_METHOD, *(method for method in ("spawn", "forkserver", "default") if method != START_METHOD)]}
SCALE_MODELS = {"start_method": ["processes"]}
SKIP = {"uvloop": "no loop has anything to do while a chunk computes; the asyncio row shows it"}


def unit(work, i):
    state = i
    for _ in range(work.steps):
        state = (state * MULTIPLIER + INCREMENT) & MASK
    return state


async def unit_async(work, i):
    return unit(work, i)


def units(work):
    return work.n


def verify(work, results):
    assert results == [checksum(i, work.steps) for i in range(work.n)], "a chunk ended in a wrong checksum"


def checksum(seed, steps):
    """The state after `steps` steps, by squaring the affine map (Brown 1994, "Random Number Generation with Arbitrary Strides")."""
    multiplier, increment = MULTIPLIER, INCREMENT
    total_multiplier, total_increment = 1, 0
    while steps:
        if steps & 1:
            total_multiplier, total_increment = total_multiplier * multiplier & MASK, (total_increment * multiplier + increment) & MASK
        multiplier, increment = multiplier * multiplier & MASK, (increment * multiplier + increment) & MASK
        steps >>= 1
    return (seed * total_multiplier + total_increment) & MASK
