"""File reading: read many small files that the page cache already holds.

`n` reads of `files` files of `size` bytes in the working folder, up to `workers` at once, and the CRC-32 of each read.
Measured: what a concurrency model adds to opening, reading and checking a file that is in memory; under asyncio and uvloop
the file is read in the loop itself, as there is no asynchronous way. Not measured: a disk (see `file_reading_slow`).
"""
import os
import shutil
import tempfile
import zlib
from functools import partial

from peers import stored_files, work_sharing

PARAMS = {"n": 2000, "files": 250, "size": 65536, "workers": 8}
MODEL_PARAMS = {"sequential": {"n": 2500}, "asyncio": {"n": 2500}, "uvloop": {"n": 2500}, "executor": {"n": 1000}}
GATE = "wall_per_unit"
CORE = ["sequential", "threads", "asyncio"]
SKIP = {
    "processes": "a cached file is read faster than its content is handed from one process to another",
    "interpreters": "a cached file is read faster than its content is handed from one interpreter to another",
}


def setup(work):
    # In the working folder and not in /dev/shm: reads come from the page cache either way, and a worker that is killed
    # leaves no memory behind.
    work.folder = tempfile.mkdtemp(dir=os.getcwd())
    for number in range(work.files):
        with open(stored_files.path_of(work.folder, number), "wb") as file:
            file.write(stored_files.content_of(number, work.size))


def teardown(work):
    shutil.rmtree(work.folder, ignore_errors=True)


def unit(work, i):
    with open(stored_files.path_of(work.folder, i % work.files), "rb") as file:
        return i, zlib.crc32(file.read())


async def unit_async(work, i):
    return unit(work, i)


def units(work):
    return work.n


def verify(work, results):
    """Every read exactly once, and every byte of it."""
    read = dict(results)
    assert len(results) == len(read) == work.n and set(read) == set(range(work.n)), f"{len(results)} reads instead of {work.n}"
    right = [stored_files.checksum_of(number, work.size) for number in range(work.files)]
    wrong = [i for i, checksum in read.items() if checksum != right[i % work.files]]
    assert not wrong, f"{len(wrong)} of {work.n} reads have a wrong CRC-32, read {wrong[0]} first"


def run_threads(work):
    return work_sharing.in_threads(work, partial(unit, work), work.workers)
