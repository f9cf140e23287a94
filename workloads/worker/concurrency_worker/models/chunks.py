"""Units in chunks, for pools whose workers are reached by pickled messages."""


def chunks(count, workers):
    """Ranges of unit numbers, one a message: single units while there are few, else four messages a worker, the rule of
    multiprocessing.Pool.map.
    """
    size = max(1, -(-count // (workers * 4)))
    return [range(start, min(start + size, count)) for start in range(0, count, size)]


def run_chunk(unit, work, numbers):
    """Results of the units `numbers`, in the worker that got the message."""
    return [unit(work, i) for i in numbers]


def gathered(pool, unit, work, count):
    """Results of `count` units in order from a pool with `submit`."""
    futures = [pool.submit(run_chunk, unit, work, numbers) for numbers in chunks(count, work.workers)]
    return [result for future in futures for result in future.result()]
