"""Executor: handing calls that do nothing to one other thread. Measures what run_in_executor, or submit to a thread pool, costs per call.

All `n` calls are handed over at once to a pool of one thread, so that their order is certain: they must run in the order in which they were
handed over, and give their results in that order. `out_of_order` counts the calls whose callback ran before that of an earlier one, which
asyncio allows since Python 3.14.3. Not measured: a pool of several threads (see spawn).
"""
import asyncio
from concurrent.futures import ThreadPoolExecutor

PARAMS = {"n": 3000}
MODEL_PARAMS = {"thread_pool": {"n": 6000}}
METRICS = {"out_of_order": {"unit": "count", "better": "lower"}}
GATE = "cpu_per_unit"
CORE = ["executor"]
SKIP = {
    "sequential": "a call that is handed to nobody is a call",
    "threads": "a thread for each call has no order (see spawn)",
    "asyncio": "run_in_executor on asyncio's loop is the row of run_in_executor",
    "processes": "calls to other processes are pickled, which would be what is measured",
    "interpreters": "calls to subinterpreters are pickled, which would be what is measured",
}


class Orders:
    """In which order the calls ran, came back, and gave results."""

    def __init__(self):
        self.ran = []
        self.back = []
        self.results = []

    def call(self, i):
        """The call: made in the pool's thread."""
        self.ran.append(i)
        return i


def units(work):
    return work.n


def verify(work, results):
    right = list(range(work.n))
    assert results.results == right, "the results are not those of the calls, in the calls' order"
    assert results.ran == right, f"the calls ran in another order than they were handed over{first_difference(results.ran)}"
    work.metric("out_of_order", sum(one > next_one for one, next_one in zip(results.back, results.back[1:])))


def first_difference(order):
    wrong = [(place, i) for place, i in enumerate(order) if place != i]
    return f": call {wrong[0][1]} at place {wrong[0][0]}" if wrong else f": {len(order)} of them"


async def run_executor(work):
    loop, orders = asyncio.get_running_loop(), Orders()
    with ThreadPoolExecutor(1) as pool:
        calls = [loop.run_in_executor(pool, orders.call, i) for i in range(work.n)]
        for i, call in enumerate(calls):
            call.add_done_callback(lambda _, i=i: orders.back.append(i))
        orders.results = await asyncio.gather(*calls)
    return orders


async def run_uvloop(work):
    return await run_executor(work)


def run_thread_pool(work):
    orders = Orders()
    with ThreadPoolExecutor(1) as pool:
        calls = [pool.submit(orders.call, i) for i in range(work.n)]
        orders.results = []
        for call in calls:
            orders.results.append(call.result())
            orders.back.append(orders.results[-1])
    return orders
