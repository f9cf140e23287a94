"""Lock: many that want one lock. Measures one turn: taking it, changing what it protects, giving it back.

`workers` tasks or threads make `n` turns between them at one counter. A task holds the lock over an await, so the others queue up; a thread
holds it over a read and a write. Not measured: fairness. The counter must be exact. A turn of asyncio.Lock includes two switches of tasks
and that of threading.Lock mostly none, so compare a model with itself.
"""
import threading

PARAMS = {"n": 11000, "workers": 100}
MODEL_PARAMS = {"threads": {"n": 80000, "workers": 4}}
GATE = "cpu_per_unit"
CORE = ["asyncio"]
SKIP = {
    "sequential": "one alone never waits for a lock",
    "thread_pool": "the threads of a pool take a lock like any other threads",
    "executor": "the threads of an executor take a lock like any other threads",
    "processes": "a lock between processes is another thing than a model's own lock",
    "interpreters": "subinterpreters share no lock",
}


def units(work):
    return work.n


class Counter:
    """What the lock protects, and how many are inside."""

    def __init__(self):
        self.value = 0
        self.inside = 0
        self.most_inside = 0

    def enter(self):
        self.inside += 1
        self.most_inside = max(self.most_inside, self.inside)
        return self.value

    def leave(self, value):
        self.value = value + 1
        self.inside -= 1


def verify(work, results):
    assert results.value == work.n, f"the counter is {results.value} after {work.n} turns"
    assert results.most_inside == 1, f"{results.most_inside} held the lock at once"


def run_threads(work):
    counter, lock = Counter(), threading.Lock()

    def take_turns(first):
        for _ in range(first, work.n, work.workers):
            with lock:
                counter.leave(counter.enter())

    threads = [threading.Thread(target=take_turns, args=(first,)) for first in range(work.workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return counter


async def run_asyncio(work):
    import asyncio

    counter, lock = Counter(), asyncio.Lock()

    async def take_turns(first):
        for _ in range(first, work.n, work.workers):
            async with lock:
                value = counter.enter()
                await asyncio.sleep(0)
                counter.leave(value)

    await asyncio.gather(*(take_turns(first) for first in range(work.workers)))
    return counter
