"""Running a coroutine on an event loop that comes from a factory; never from a policy, which Python 3.14 deprecates and 3.16 removes."""
import asyncio

from concurrency_worker.faults import Fault


def asyncio_loop():
    """A new loop of asyncio's own default class on this system, whatever policy anyone has set."""
    # asyncio.EventLoop came with 3.13; before it, the selector loop is what POSIX systems get.
    return getattr(asyncio, "EventLoop", asyncio.SelectorEventLoop)()


def uvloop_loop():
    """A new loop from uvloop."""
    import uvloop

    return uvloop.new_event_loop()


def class_name(loop):
    """Module and class of a loop: "uvloop.Loop"."""
    return f"{type(loop).__module__}.{type(loop).__qualname__}"


def require_origin(loop, model):
    """Raises Fault (phase fallback) when the running loop is not the one `model` stands for."""
    from_uvloop = type(loop).__module__.partition(".")[0] == "uvloop"
    if from_uvloop != (model == "uvloop"):
        raise Fault(
            "fallback",
            f"the {model} model ran on {class_name(loop)}; its figures would belong to another event loop, so check what installs the loop",
        )


def run(coroutine, factory):
    """What `asyncio.run` does, on a loop from `factory`: starts a loop, runs `coroutine`, ends what is left, closes the loop."""
    if hasattr(asyncio, "Runner"):
        with asyncio.Runner(loop_factory=factory) as runner:
            return runner.run(coroutine)
    return _run_without_runner(coroutine, factory)


def _run_without_runner(coroutine, factory):
    # Python 3.9 and 3.10: the steps of their asyncio.run, in its order.
    loop = factory()
    try:
        asyncio.set_event_loop(loop)
        return loop.run_until_complete(coroutine)
    finally:
        try:
            _cancel_all(loop)
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.run_until_complete(loop.shutdown_default_executor())
        finally:
            asyncio.set_event_loop(None)
            loop.close()


def _cancel_all(loop):
    left = asyncio.all_tasks(loop)
    for task in left:
        task.cancel()
    if left:
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
