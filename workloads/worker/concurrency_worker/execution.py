"""One run of a workload under its model: the form the workload gives, driven the way the model has it."""
from importlib import import_module

from concurrency_worker import os_threads
from concurrency_worker.model_names import FROM_UNIT_ASYNC, IN_A_LOOP


class Outcome:
    """What a run gave: `results`, the `loop` class it ran on (or None), `lags` in seconds (or None), `unit_seconds` (or None)."""

    __slots__ = ("results", "loop", "lags", "unit_seconds")

    def __init__(self, results, loop=None, lags=None):
        self.results = results
        self.loop = loop
        self.lags = lags
        self.unit_seconds = None


def execution(support, work, count, recorder, observation):
    """A function without arguments that runs the workload once and returns an Outcome.

    Everything the run needs is imported here, outside the clock. A pool, its threads and the event loop belong to the run.
    """
    if support.model in IN_A_LOOP:
        return _in_a_loop(support, work, count, recorder, observation)
    if support.origin == "written":
        return lambda: Outcome(support.function(work))
    run = import_module(f"concurrency_worker.models.{support.model}").run
    unit = _timed(support) if observation.overlap else support.function
    return lambda: Outcome(run(work, unit, count, recorder.note_threads))


def _in_a_loop(support, work, count, recorder, observation):
    from concurrency_worker import event_loop

    start = _coroutine_function(support, work, count, observation)
    factory = event_loop.uvloop_loop if support.model == "uvloop" else event_loop.asyncio_loop
    main = _observed(start, support.model, recorder, observation)
    return lambda: event_loop.run(main(), factory)


def _coroutine_function(support, work, count, observation):
    if support.origin == "written":
        return lambda: support.function(work)
    module = "asyncio" if support.model in FROM_UNIT_ASYNC else "executor"
    run = import_module(f"concurrency_worker.models.{module}").run
    unit = _timed(support) if observation.overlap else support.function
    return lambda: run(work, unit, count)


def _observed(start, model, recorder, observation):
    """The coroutine function that runs in the loop: checks the loop, ticks if asked to, counts threads at the end."""
    import asyncio

    from concurrency_worker.event_loop import class_name, require_origin
    from concurrency_worker.event_loop_lag import LagTicker

    async def main():
        loop = asyncio.get_running_loop()
        require_origin(loop, model)
        ticker = LagTicker(observation.lag_interval) if observation.lag_interval else None
        ticks = loop.create_task(ticker.tick()) if ticker else None
        if ticks:
            # The first tick must be under way before the workload can keep the loop from starting it.
            await asyncio.sleep(0)
        results = await start()
        lags = ticker.lags() if ticker else None
        if ticks:
            ticks.cancel()
        # Pools of the loop live until it ends, so the threads of this moment are the most there were, but for short-lived ones.
        recorder.note_threads(os_threads.count())
        return Outcome(results, class_name(loop), lags)

    return main


def _timed(support):
    from concurrency_worker.timed_unit import TimedUnit, timed_async

    return timed_async(support.function) if support.model in FROM_UNIT_ASYNC else TimedUnit(support.function)
