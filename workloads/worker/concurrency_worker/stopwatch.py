"""Adds up the seconds a process spends in each part of its life."""
from time import perf_counter_ns


class Stopwatch:
    """Seconds by part; `with watch("setup"): …` adds to a part."""

    def __init__(self, *parts):
        """Starts the total; `parts` begin at 0."""
        self._started = perf_counter_ns()
        self.seconds = dict.fromkeys(parts, 0.0)

    def add(self, part, seconds):
        """Adds `seconds` to `part`."""
        self.seconds[part] += seconds

    def __call__(self, part):
        return _Lap(self, part)

    def totals(self):
        """Seconds by part, and `total` since the stopwatch was made."""
        return {"total": (perf_counter_ns() - self._started) / 1e9, **self.seconds}


class _Lap:
    def __init__(self, watch, part):
        self._watch = watch
        self._part = part

    def __enter__(self):
        self._started = perf_counter_ns()

    def __exit__(self, *exception):
        self._watch.add(self._part, (perf_counter_ns() - self._started) / 1e9)
        return False
