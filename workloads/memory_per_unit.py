"""Memory per unit: many units that wait at the same time. Measures what one waiting thread, task or process holds in memory and, apart
from that, how much address space it reserves.

Memory is anonymous resident memory (stacks and heap, not the pages of shared files). A value is what the process holds while all units
wait, above what it held before the first value: later values reuse what earlier ones freed, so growth from one value to the next would
be nearly nothing, and growth from the beginning is the need. A leak shows as rising values. Expected order: a task about 1 KiB, a thread
about 16 KiB and 8 MiB of address space, a process several MiB.
"""
import threading

PARAMS = {"n": 10000}
MODEL_PARAMS = {"threads": {"n": 300}, "processes": {"n": 2}}
GATE = "memory_per_unit"
CORE = ["threads", "asyncio"]
SCALE = {"n": [250, 500, 1000]}
SCALE_MODELS = {"n": ["threads", "asyncio", "uvloop"]}
SKIP = {
    "sequential": "units one after the other do not wait at the same time",
    "thread_pool": "a waiting thread of a pool is a thread; the threads row has its memory",
    "executor": "a waiting thread of an executor is a thread; the threads row has its memory",
    "interpreters": "subinterpreters live in one process and their memory cannot be told apart",
}


def _status(*fields, process="self"):
    """Bytes by field of /proc/<process>/status."""
    with open(f"/proc/{process}/status", "rb", buffering=0) as status:
        lines = dict(line.split(b":", 1) for line in status.read().splitlines())
    return [int(lines[field.encode()].split()[0]) * 1024 for field in fields]


try:
    _status("RssAnon", "VmSize")
except (OSError, KeyError):
    reason = "needs /proc/self/status with RssAnon, which this system has not"
    SKIP.update(dict.fromkeys(("threads", "asyncio", "uvloop", "processes"), reason))


def units(work):
    return work.n


def _remember_the_beginning(work):
    # At the first run and not in setup: by then the loop and everything it imports is there.
    if not hasattr(work, "beginning"):
        work.beginning = _status("RssAnon", "VmSize")


def _report(work):
    resident, reserved = (now - then for now, then in zip(_status("RssAnon", "VmSize"), work.beginning))
    work.metric("memory_per_unit", resident / work.n)
    work.metric("virtual_memory_per_unit", reserved / work.n)


def run_threads(work):
    _remember_the_beginning(work)
    arrived = threading.Semaphore(0)
    release = threading.Event()
    woken = []

    def wait(i):
        arrived.release()
        release.wait()
        woken.append(i)

    parked = [threading.Thread(target=wait, args=(i,)) for i in range(work.n)]
    for thread in parked:
        thread.start()
    for _ in parked:
        arrived.acquire()
    work.count_threads()
    _report(work)
    release.set()
    for thread in parked:
        thread.join()
    return woken


async def run_asyncio(work):
    import asyncio

    _remember_the_beginning(work)
    release = asyncio.Event()
    woken = []

    async def wait(i):
        await release.wait()
        woken.append(i)

    parked = [asyncio.ensure_future(wait(i)) for i in range(work.n)]
    # One turn of the loop starts every task and leaves it waiting.
    await asyncio.sleep(0)
    _report(work)
    release.set()
    await asyncio.gather(*parked)
    return woken


def _wait_in_process(connection, i):
    connection.send(i)
    connection.recv()
    connection.send(i)


def run_processes(work):
    from multiprocessing import get_context

    context = get_context("spawn")
    ends = [context.Pipe() for _ in range(work.n)]
    parked = [context.Process(target=_wait_in_process, args=(child, i)) for i, (_, child) in enumerate(ends)]
    for process in parked:
        process.start()
    for connection, _ in ends:
        connection.recv()
    held = [_status("RssAnon", "VmSize", process=process.pid) for process in parked]
    work.metric("memory_per_unit", sum(resident for resident, _ in held) / work.n)
    work.metric("virtual_memory_per_unit", sum(reserved for _, reserved in held) / work.n)
    woken = []
    for connection, _ in ends:
        connection.send(None)
        woken.append(connection.recv())
    for process in parked:
        process.join()
    return woken


def verify(work, results):
    assert sorted(results) == list(range(work.n)), "every unit must wait once and wake once"
