"""Memory growth: operations that should leave nothing behind. Measures how much more memory is resident after a thousand of them.

An operation is a timeout that does not fire around something that gives its result, and some objects that refer to themselves, which only
the garbage collector can free. Memory is anonymous resident memory; the growth is the slope of a straight line through it after each of
`batches` parts of the `n` operations. Growth below `floor` bytes per thousand operations is reported as `floor`: less is the allocator's
business, and near zero a ratio would be noise. Threads wait for their results with Thread.join(timeout).
"""
import asyncio
import threading

PARAMS = {"n": 8000, "batches": 6, "floor": 524288}
MODEL_PARAMS = {"threads": {"n": 900}}
METRICS = {"memory_growth": {"unit": "B", "better": "lower"}}
GATE = "memory_growth"
CORE = ["asyncio"]
SKIP = {
    "sequential": "a plain call leaves nothing behind",
    "thread_pool": "a pool's threads stay, and what a call leaves behind shows under threads",
    "executor": "a pool's threads stay, and what a call leaves behind shows under threads",
    "processes": "what an operation leaves behind in another process ends with it",
    "interpreters": "what an operation leaves behind in a subinterpreter ends with it",
}
CYCLES, CYCLE_BYTES = 10, 200
"""Objects of an operation that refer to themselves, and what each holds: uncollected, a thousand operations leave six times `floor`. Many
small ones, so that the collector, which counts objects, has its first turn in the first batch."""


def resident():
    """Anonymous resident memory of this process in bytes."""
    with open("/proc/self/status", "rb", buffering=0) as status:
        for line in status.read().splitlines():
            if line.startswith(b"RssAnon:"):
                return int(line.split()[1]) * 1024
    raise OSError("/proc/self/status has no RssAnon")


try:
    resident()
except OSError:
    reason = "needs /proc/self/status with RssAnon, which this system has not"
    SKIP.update(dict.fromkeys(("threads", "asyncio", "uvloop"), reason))


class Cycle:
    """An object that refers to itself."""

    def __init__(self):
        self.itself = self
        self.held = bytes(CYCLE_BYTES)


def make_cycles():
    for _ in range(CYCLES):
        Cycle()


def units(work):
    return work.n


def verify(work, results):
    """Every operation gave its number, and none is left."""
    assert results["sum"] == sum(range(work.n)), "an operation gave a wrong result"
    assert results["left"] == 0, f"{results['left']} tasks or threads are left of {work.n} operations"


def report(work, sizes):
    """Reports the least-squares slope of the sizes after each batch, per thousand operations."""
    step = work.n / work.batches
    middle = (len(sizes) - 1) / 2
    spread = sum((place - middle) ** 2 for place in range(len(sizes)))
    slope = sum((place - middle) * size for place, size in enumerate(sizes)) / spread / step
    work.metric("memory_growth", max(slope * 1000, work.floor))


def batches(work):
    """The numbers of the operations, batch by batch."""
    size = -(-work.n // work.batches)
    return [range(start, min(start + size, work.n)) for start in range(0, work.n, size)]


def run_threads(work):
    results, sizes = [], []

    def operation(i):
        make_cycles()
        results.append(i)

    for numbers in batches(work):
        for i in numbers:
            thread = threading.Thread(target=operation, args=(i,))
            thread.start()
            thread.join(60)
        sizes.append(resident())
    report(work, sizes)
    return {"sum": sum(results), "left": threading.active_count() - 1}


async def run_asyncio(work):
    total, sizes = 0, []

    async def operation(i):
        make_cycles()
        await asyncio.sleep(0)
        return i

    for numbers in batches(work):
        for i in numbers:
            total += await asyncio.wait_for(operation(i), 60)
        sizes.append(resident())
    report(work, sizes)
    return {"sum": total, "left": len(asyncio.all_tasks()) - 1}
