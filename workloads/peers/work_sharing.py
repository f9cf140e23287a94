"""Work sharing: a fixed number of threads that draw their units from one queue."""
import queue
import threading
from time import perf_counter


def in_threads(work, function, workers, overlap=False):
    """Calls `function(i)` for every i below `work.n` from `workers` threads and returns the results as they came.

    `overlap` reports the overlap factor, the sum of all units' durations divided by the wall time: of use where units wait.
    Raises the first error of any thread, after all threads have ended.
    """
    shared = _Shared(function, range(work.n))
    threads = [threading.Thread(target=shared.draw) for _ in range(workers)]
    started = perf_counter()
    peak = 0
    for thread in threads:
        thread.start()
        # Threads that started first may have ended before the last one starts.
        peak = max(peak, threading.active_count())
    for thread in threads:
        thread.join()
    if shared.errors:
        raise shared.errors[0]
    work.metric("peak_threads", peak)
    if overlap:
        work.metric("overlap", sum(shared.durations) / (perf_counter() - started))
    return shared.results


class _Shared:
    """What the threads share: the units that remain, and what became of the others."""

    def __init__(self, function, units):
        self.function = function
        self.results, self.durations, self.errors = [], [], []
        # Not an iterator: without the global interpreter lock, two threads could draw the same unit from one.
        self.remaining = queue.SimpleQueue()
        for unit in units:
            self.remaining.put(unit)

    def draw(self):
        """Works until no unit remains; after an error of any thread, no further unit is begun."""
        try:
            while not self.errors:
                unit = self.remaining.get_nowait()
                started = perf_counter()
                self.results.append(self.function(unit))
                self.durations.append(perf_counter() - started)
        except queue.Empty:
            return
        except BaseException as error:
            self.errors.append(error)
