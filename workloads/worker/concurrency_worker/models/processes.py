"""Processes: a ProcessPoolExecutor of `work.workers` processes, started and stopped inside the value.

The start method is the parameter `start_method`, and without one fork on Linux and spawn elsewhere (system libraries of macOS do not
survive a fork), never the interpreter's own default, which went from fork to forkserver in Python 3.14; "default" asks for that one. fork
is safe here because the worker has one thread at that moment, which is checked; and it takes 5 ms where spawn takes 50 and would be most
of a value. A forkserver starts with the first value (a warm-up) and serves the later ones, as it would in a program; its processes are not
children of this one, so such a value has no CPU time.
"""
import multiprocessing
import sys
import threading
from concurrent.futures import ProcessPoolExecutor

from concurrency_worker.faults import Fault
from concurrency_worker.models.chunks import gathered


def run(work, unit, count, note_threads):
    """Results of `count` units in order."""
    context = multiprocessing.get_context(start_method(work))
    with ProcessPoolExecutor(work.workers, mp_context=context) as pool:
        return gathered(pool, unit, work, count)


def start_method(work):
    """The start method for `work`. Raises Fault (phase run) for one that this system does not have or that could hang."""
    method = work.params.get("start_method", "fork" if sys.platform.startswith("linux") else "spawn")
    if method == "default":
        method = multiprocessing.get_start_method()
    known = multiprocessing.get_all_start_methods()
    if method not in known:
        raise Fault("run", f"start_method {method!r} is none of this system's; use default, {' or '.join(known)}")
    if method == "fork" and threading.active_count() > 1:
        raise Fault("run", "setup left threads running and fork would copy their locks; set start_method to spawn in PARAMS")
    return method
