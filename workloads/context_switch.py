"""Context switch: two sides hand a baton back and forth. Measures one hand-over, by the kernel between threads or by the event loop
between tasks.

Both sides use the lock of their world (`threading.Lock`, `asyncio.Lock`) as the baton. The threads share one CPU: on two, a hand-over
wakes the other core and takes three to five times as long, so the figure would depend on how busy the machine is. Expected order: uvloop,
asyncio, threads, within a factor of about two.
"""
import threading

from peers import affinity

PARAMS = {"n": 26000}
MODEL_PARAMS = {"threads": {"n": 24000}, "uvloop": {"n": 45000}}
GATE = "wall_per_unit"
CORE = ["threads", "asyncio", "uvloop"]
SKIP = {
    "sequential": "one side alone has nobody to hand over to",
    "thread_pool": "two threads of a pool switch like two threads",
    "executor": "two threads of an executor switch like two threads",
    "processes": "a lock between processes is another system call and not a model's own switch",
    "interpreters": "subinterpreters share no lock",
}


def units(work):
    return work.n


def setup(work):
    work.cpus = affinity.hold_on_one_cpu() if work.model == "threads" else None


def teardown(work):
    affinity.release(work.cpus)


def run_threads(work):
    batons = (threading.Lock(), threading.Lock())
    for baton in batons:
        baton.acquire()
    turns = []

    def side(own, turn, other):
        for _ in range(work.n // 2):
            own.acquire()
            turns.append(turn)
            other.release()

    sides = [threading.Thread(target=side, args=(batons[turn], turn, batons[1 - turn])) for turn in (0, 1)]
    for thread in sides:
        thread.start()
    work.count_threads()
    batons[0].release()
    for thread in sides:
        thread.join()
    return turns


async def run_asyncio(work):
    import asyncio

    batons = (asyncio.Lock(), asyncio.Lock())
    for baton in batons:
        await baton.acquire()
    turns = []

    async def side(own, turn, other):
        for _ in range(work.n // 2):
            await own.acquire()
            turns.append(turn)
            other.release()

    sides = [asyncio.ensure_future(side(batons[turn], turn, batons[1 - turn])) for turn in (0, 1)]
    batons[0].release()
    await asyncio.gather(*sides)
    return turns


def verify(work, results):
    assert len(results) == work.n // 2 * 2, f"{len(results)} hand-overs instead of {work.n}"
    assert results == [0, 1] * (work.n // 2), "the two sides must take turns"
