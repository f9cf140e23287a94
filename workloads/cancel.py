"""Cancel: waits that end early. Measures what a timeout or a cancellation costs.

`n` waits at once. `case` says how they end: timeout (asyncio.wait_for gives up after `delay` seconds), in_time (wait_for around something
that is there at once, one after the other) or cancel (Task.cancel on all of them). Threads cannot be cancelled; theirs are
Event.wait(timeout) that give up. Not measured: the waiting itself, so the CPU time is what counts.
"""
import asyncio
import threading

PARAMS = {"n": 6000, "delay": 0.01, "case": "timeout"}
MODEL_PARAMS = {"threads": {"n": 400}}
GATE = "cpu_per_unit"
CORE = ["asyncio"]
SCALE = {"case": ["timeout", "in_time", "cancel"]}
SCALE_MODELS = {"case": ["asyncio", "uvloop"]}
SKIP = {
    "sequential": "waits one after the other show the delay and nothing else",
    "thread_pool": "a wait of a pool's thread is a wait of a thread",
    "executor": "a call in an executor cannot be cancelled once it runs",
    "processes": "a wait in a process is a wait of a thread there",
    "interpreters": "a wait in a subinterpreter is a wait of a thread there",
}


def units(work):
    return work.n


def verify(work, results):
    """Each wait ended the way it had to."""
    right = {"timeout": "timed out", "in_time": "in time", "cancel": "cancelled"}[work.case]
    wrong = [ending for ending in results if ending != right]
    assert len(results) == work.n and not wrong, f"{len(results) - len(wrong)} of {work.n} waits ended {right}, {len(wrong)} otherwise"


def run_threads(work):
    never, endings = threading.Event(), []

    def wait():
        endings.append("in time" if never.wait(work.delay) else "timed out")

    threads = [threading.Thread(target=wait) for _ in range(work.n)]
    for thread in threads:
        thread.start()
    work.count_threads()
    for thread in threads:
        thread.join()
    return endings


async def run_asyncio(work):
    return await {"timeout": time_out, "in_time": end_in_time, "cancel": cancel_all}[work.case](work)


async def time_out(work):
    never = asyncio.Event()

    async def wait():
        try:
            await asyncio.wait_for(never.wait(), work.delay)
        except asyncio.TimeoutError:
            return "timed out"
        return "in time"

    return await asyncio.gather(*(wait() for _ in range(work.n)))


async def end_in_time(work):
    async def at_once():
        return "in time"

    # Far longer than a value takes: none of these timeouts may fire.
    return [await asyncio.wait_for(at_once(), 60) for _ in range(work.n)]


async def cancel_all(work):
    never, endings = asyncio.Event(), []

    async def wait():
        try:
            await never.wait()
        except asyncio.CancelledError:
            endings.append("cancelled")
            raise

    tasks = [asyncio.ensure_future(wait()) for _ in range(work.n)]
    # One turn of the loop starts every task and leaves it waiting.
    await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return endings
