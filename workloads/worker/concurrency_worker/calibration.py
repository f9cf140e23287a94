"""The calibration loop: fixed pure-Python work, timed just before and after every value, that sees the speed of this machine now."""
from time import perf_counter_ns

ITERATIONS = 80_000
"""Turns of the loop: 5 ms (3.14 with profile-guided optimisation) to 10 ms (3.12 without) on a server processor of 2023. Part of the
protocol: never tuned at run time, because its time is compared between processes."""


def calibrate():
    """Seconds the loop takes now."""
    started = perf_counter_ns()
    state = 1
    for turn in range(ITERATIONS):
        state = (state * 1103515245 + turn) & 0x7FFFFFFF
    return (perf_counter_ns() - started) / 1e9
