"""File reading from slow storage: read many files, each of which takes a few milliseconds to arrive.

`n` files of `size` bytes are FIFOs that a helper process fills `delay` seconds after they were opened; up to `workers` are
read at once. Measured: how far a concurrency model overlaps blocking reads; under asyncio and uvloop the files are read in
the loop itself, one after the other, as there is no asynchronous way. Not measured: a real disk and its queue.
`patience` is how many seconds a reader waits for its file.
"""
import math
import os
import select
import shutil
import tempfile
import zlib
from functools import partial

from peers import stored_files, work_sharing

PARAMS = {"n": 192, "workers": 16, "size": 16384, "delay": 0.004, "patience": 10}
MODEL_PARAMS = {"sequential": {"n": 16}, "asyncio": {"n": 16}, "uvloop": {"n": 16}}
# Not the overhead: what remains of the time after the waits varies several times as much as the time itself.
GATE = "wall_per_unit"
CORE = ["threads", "asyncio"]
SKIP = {
    "processes": "waiting for a file takes no processor time, so a process for each reader gains nothing over a thread",
    "interpreters": "waiting for a file takes no processor time, so an interpreter for each reader gains nothing over a thread",
}


def setup(work):
    work.folder = tempfile.mkdtemp(dir=os.getcwd())
    alive = stored_files.path_of(work.folder, "alive")
    os.mkfifo(alive)
    work.storage = os.open(alive, os.O_RDONLY | os.O_NONBLOCK)
    work.peer("peers/slow_storage.py", work.folder, str(work.n), str(work.size), str(work.delay))


def teardown(work):
    os.close(work.storage)
    shutil.rmtree(work.folder, ignore_errors=True)


def unit(work, i):
    # A blocking open() of a FIFO waits for its writer where no timeout and no signal handler of a thread can reach it.
    descriptor = os.open(stored_files.path_of(work.folder, i), os.O_RDONLY | os.O_NONBLOCK)
    with open(descriptor, "rb") as file:
        await_content(work, i, descriptor)
        os.set_blocking(descriptor, True)
        return i, zlib.crc32(file.read())


def await_content(work, i, descriptor):
    """Blocks the calling thread until the first bytes are there."""
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    poll.register(work.storage, 0)
    ready = dict(poll.poll(work.patience * 1000))
    if descriptor not in ready:
        happened = "is gone" if ready else f"sent nothing within {work.patience} s"
        raise TimeoutError(f"file {i} did not arrive: the storage process {happened}")


async def unit_async(work, i):
    return unit(work, i)


def units(work):
    return work.n


def ideal(work):
    return math.ceil(work.n / work.workers) * work.delay


def verify(work, results):
    """Every file exactly once, and every byte of it."""
    read = dict(results)
    assert len(results) == len(read) == work.n and set(read) == set(range(work.n)), f"{len(results)} files instead of {work.n}"
    wrong = [i for i, checksum in read.items() if checksum != stored_files.checksum_of(i, work.size)]
    assert not wrong, f"{len(wrong)} of {work.n} files have a wrong CRC-32, file {wrong[0]} first"


def run_threads(work):
    return work_sharing.in_threads(work, partial(unit, work), work.workers, overlap=True)
