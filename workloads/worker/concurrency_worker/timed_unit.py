"""Units that time themselves, for the overlap factor."""
from time import perf_counter_ns


class TimedUnit:
    """A picklable stand-in for `unit` that returns (nanoseconds, result)."""

    def __init__(self, unit):
        """`unit` is the workload's function."""
        self._unit = unit

    def __call__(self, work, i):
        started = perf_counter_ns()
        result = self._unit(work, i)
        return perf_counter_ns() - started, result


def timed_async(unit_async):
    """The same for `unit_async`."""

    async def timed(work, i):
        started = perf_counter_ns()
        result = await unit_async(work, i)
        return perf_counter_ns() - started, result

    return timed


def split(timed_results):
    """(seconds of all units together, results) from what timed units returned."""
    return sum(duration for duration, _ in timed_results) / 1e9, [result for _, result in timed_results]
