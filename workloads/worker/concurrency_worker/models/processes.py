"""Processes: a ProcessPoolExecutor of `work.workers` processes, started and stopped inside the value.

The start method is never the interpreter's default, which went from fork to forkserver in Python 3.14: it is the parameter
`start_method`, and without one fork on Linux and spawn elsewhere (system libraries of macOS do not survive a fork). fork is safe here
because the worker has one thread at that moment, which is checked; and it takes 5 ms where spawn takes 50 and would be most of a value.
forkserver is refused: its processes are not children of this one, so their CPU time could not be counted.
"""
import sys
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from concurrency_worker.faults import Fault
from concurrency_worker.models.chunks import gathered


def run(work, unit, count, note_threads):
    """Results of `count` units in order."""
    context = get_context(start_method(work))
    with ProcessPoolExecutor(work.workers, mp_context=context) as pool:
        return gathered(pool, unit, work, count)


def start_method(work):
    """The start method for `work`. Raises Fault (phase run) for one that could not be measured or could hang."""
    method = work.params.get("start_method", "fork" if sys.platform.startswith("linux") else "spawn")
    if method not in ("fork", "spawn"):
        raise Fault("run", f"start_method {method!r} cannot be measured; use fork or spawn, whose processes are children of the worker")
    if method == "fork" and threading.active_count() > 1:
        raise Fault("run", "setup left threads running and fork would copy their locks; set start_method to spawn in PARAMS")
    return method
