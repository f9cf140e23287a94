"""The concurrency models, in the order every table shows them, and which form of the work each one takes."""

MODELS = ("sequential", "threads", "thread_pool", "asyncio", "uvloop", "executor", "processes", "interpreters")
"""The same list as src/model/concurrency-model.ts; a test compares the two."""

FROM_UNIT_ASYNC = frozenset(("asyncio", "uvloop"))
"""Models that are derived from `unit_async`; all others are derived from `unit`."""

IN_A_LOOP = frozenset(("asyncio", "uvloop", "executor"))
"""Models whose `run_<model>` is an `async def`, because it runs inside an event loop."""


def async_counterparts(model):
    """Names of the `run_` functions that serve `model`, best first: what is written for asyncio serves uvloop too."""
    return ("run_uvloop", "run_asyncio") if model == "uvloop" else (f"run_{model}",)


def default_workers(model):
    """Workers of a pool when neither PARAMS nor MODEL_PARAMS says `workers`.

    Pools of threads: ThreadPoolExecutor's own rule since Python 3.8, min(32, CPUs + 4). Everything else: one per CPU.
    """
    from concurrency_worker.machine import usable_cpus

    return min(32, usable_cpus() + 4) if model in ("thread_pool", "executor") else usable_cpus()
