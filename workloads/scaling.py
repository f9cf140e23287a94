"""Scaling: the same work with one worker and with two. Measures whether a second worker makes it faster.

`n` shares of `steps` steps go to `workers` workers. `kind` says what a step is: compute (arithmetic of its own), shared_dict (writing to
one dict that all threads share) or thread_local (reading a threading.local). With the global interpreter lock only processes and
subinterpreters gain; free-threaded builds should, and it is there that shared objects can make a second thread a loss.
"""
import threading
from functools import partial

from data_crunching import checksum
from data_crunching import unit as crunch
from peers import work_sharing

PARAMS = {"n": 4, "steps": 150000, "workers": 2, "kind": "compute"}
GATE = "wall_per_unit"
CORE = []
SCALE = {"workers": [1, 2], "kind": ["compute", "shared_dict", "thread_local"]}
SCALE_MODELS = {"kind": ["threads"]}
SKIP = {
    "sequential": "one worker is a point of the other rows",
    "asyncio": "a loop has one worker",
    "uvloop": "a loop has one worker",
    "executor": "the threads of an executor scale like those of a pool",
}


def unit(work, i):
    return crunch(work, i)


def units(work):
    return work.n


def verify(work, results):
    right = {"compute": partial(checksum, steps=work.steps), "shared_dict": lambda i: work.steps, "thread_local": lambda i: i * work.steps}
    expected = [right[work.kind](i) for i in range(work.n)]
    assert sorted(results) == sorted(expected), f"the shares gave {sorted(results)} instead of {sorted(expected)}"


def run_threads(work):
    shares = {"compute": partial(crunch, work), "shared_dict": partial(write_shared, work, {}), "thread_local": partial(read_local, work)}
    return work_sharing.in_threads(work, shares[work.kind], work.workers)


def write_shared(work, shared, i):
    """Writes keys of its own to the shared dict; how many of its last thousand keys are as it left them, scaled to all steps."""
    for step in range(work.steps):
        shared[i, step % 1000] = step
    kept = min(work.steps, 1000)
    last = range(work.steps - kept, work.steps)
    return work.steps if all(shared[i, step % 1000] == step for step in last) else 0


LOCAL = threading.local()


def read_local(work, i):
    """Adds up what the thread's own attribute says in each step."""
    LOCAL.number = i
    total = 0
    for _ in range(work.steps):
        total += LOCAL.number
    return total
