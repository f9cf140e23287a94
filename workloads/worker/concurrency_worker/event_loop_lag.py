"""Event-loop lag: how much later than asked a periodic sleep in the same loop wakes up."""
import asyncio
from time import perf_counter_ns


class LagTicker:
    """Ticks while a workload runs."""

    def __init__(self, interval):
        """`interval` is the seconds between two ticks."""
        self._interval = interval
        self._due = None
        self._lags = []

    async def tick(self):
        """Runs until cancelled. A wake-up that comes early (uvloop counts whole milliseconds) has no lag."""
        interval = self._interval
        while True:
            self._due = perf_counter_ns() + interval * 1e9
            await asyncio.sleep(interval)
            self._lags.append(max(0.0, (perf_counter_ns() - self._due) / 1e9))

    def lags(self):
        """Seconds of lag of every tick; the tick still waiting counts with the time it is overdue."""
        if self._due is None:
            return [0.0]
        return [*self._lags, max(0.0, (perf_counter_ns() - self._due) / 1e9)]
