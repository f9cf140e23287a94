"""Thread pool: units submitted to a ThreadPoolExecutor of `work.workers` threads, started and stopped inside the value."""
import threading
from concurrent.futures import ThreadPoolExecutor


def run(work, unit, count, note_threads):
    """Results of `count` units in order."""
    with ThreadPoolExecutor(max_workers=work.workers) as pool:
        futures = [pool.submit(unit, work, i) for i in range(count)]
        results = [future.result() for future in futures]
        # A pool's threads stay until it is shut down.
        note_threads(threading.active_count())
    return results
