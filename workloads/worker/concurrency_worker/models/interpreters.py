"""Subinterpreters: an InterpreterPoolExecutor of `work.workers` interpreters, started and stopped inside the value. Python 3.14."""
import threading
from concurrent.futures import InterpreterPoolExecutor

from concurrency_worker.models.chunks import gathered


def run(work, unit, count, note_threads):
    """Results of `count` units in order."""
    with InterpreterPoolExecutor(work.workers) as pool:
        results = gathered(pool, unit, work, count)
        # Each interpreter of the pool runs in a thread that stays until the pool is shut down.
        note_threads(threading.active_count())
    return results
