"""One cell as a pyperf benchmark: the same workload code, started and timed by pyperf's worker.

The cell comes in the environment, because pyperf owns the command line. Nothing is verified here, which favours pyperf.
"""
import os
import time

import pyperf
from concurrency_worker.execution import execution
from concurrency_worker.observation import Observation
from concurrency_worker.model_names import default_workers
from concurrency_worker.peers import Peers
from concurrency_worker.recorder import Recorder
from concurrency_worker.support import Support
from concurrency_worker.work import Work
from concurrency_worker.workload_file import WorkloadFile

workload, model = WorkloadFile(os.environ["BENCH_WORKLOAD"]), os.environ["BENCH_MODEL"]
module = workload.module
support = Support(module, model)
recorder = Recorder(getattr(module, "METRICS", {}))
peers = Peers(workload.folder, os.environ["BENCH_PEER_PYTHON"])
params = {**getattr(module, "PARAMS", {}), **getattr(module, "MODEL_PARAMS", {}).get(model, {})}
work = Work(model, params, default_workers(model), recorder, peers)
if hasattr(module, "setup"):
    module.setup(work)
units = module.units(work) if hasattr(module, "units") else params.get("n", 1)
execute = execution(support, work, units, recorder, Observation(module, support))


def values(loops):
    """Seconds for `loops` values."""
    recorder.start()
    started = time.perf_counter()
    for _ in range(loops):
        execute()
    return time.perf_counter() - started


try:
    pyperf.Runner().bench_time_func(f"{workload.id}/{model}", values)
finally:
    if hasattr(module, "teardown"):
        module.teardown(work)
    peers.stop()
