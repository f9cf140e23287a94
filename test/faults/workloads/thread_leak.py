"""Threads that are never told to end when `fault` is set."""
import threading

PARAMS = {"n": 10, "fault": 0}
MODELS = ["threads"]
GATE = "peak_threads"


def run_threads(work):
    done = threading.Event()
    threads = [threading.Thread(target=done.wait, daemon=True) for _ in range(work.n)]
    for thread in threads:
        thread.start()
    work.count_threads()
    if not work.fault:
        done.set()
        for thread in threads:
            thread.join()
    return work.n


def verify(work, results):
    assert results == work.n
