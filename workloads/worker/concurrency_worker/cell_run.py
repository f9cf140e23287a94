"""One process's whole life for one cell: load, set up, warm up, measure, tear down."""
import os
import sys
from importlib import import_module

from concurrency_worker import contract, interpreter, machine, parameter_contract
from concurrency_worker.calibration import calibrate
from concurrency_worker.faults import Fault, phase
from concurrency_worker.measurement import Measurement
from concurrency_worker.model_names import default_workers
from concurrency_worker.observation import Observation
from concurrency_worker.peers import Peers
from concurrency_worker.protocol import PROTOCOL_VERSION
from concurrency_worker.recorder import Recorder
from concurrency_worker.support import Support
from concurrency_worker.usage import forkserver_pid
from concurrency_worker.work import Work


class CellRun:
    """Runs one cell and writes its lines."""

    def __init__(self, channel, workload, options, watch):
        """`workload` is a WorkloadFile, `options` the command line's run options, `watch` a Stopwatch."""
        self._channel = channel
        self._workload = workload
        self._module = workload.module
        self._options = options
        self._watch = watch
        contract.check(self._module)
        self._support = Support(self._module, options.model)
        if self._support.reason is not None:
            raise contract.broken(f"{workload.id} does not run under {options.model}: {self._support.reason}")
        self._recorder = Recorder(getattr(self._module, "METRICS", {}))
        self._peers = Peers(workload.folder, options.peer_python)
        self._work = Work(options.model, self._params(), default_workers(options.model), self._recorder, self._peers)

    def run(self):
        """Everything from the `start` line to the last value. Raises with the phase that failed, after peers have been stopped."""
        self._import_model()
        self._channel.send("start", **self._identity())
        _require_no_gil()
        try:
            self._set_up()
            self._measure()
        except BaseException:
            self._tear_down(quietly=True)
            raise
        self._tear_down(quietly=False)
        _require_no_gil()

    def seconds(self):
        """Seconds by part, for the `end` line."""
        self._watch.seconds["peers"] = self._peers.seconds
        return self._watch.totals()

    def _params(self):
        params = {**getattr(self._module, "PARAMS", {}), **getattr(self._module, "MODEL_PARAMS", {}).get(self._options.model, {})}
        for name, value in self._options.params.items():
            parameter_contract.check_param("--params", name, value)
            params[name] = value
        return params

    def _import_model(self):
        if self._options.model == "uvloop":
            # Before the start line, so that it says what the import did to the interpreter lock.
            with phase("import"):
                import_module("uvloop")

    def _identity(self):
        return {
            "v": PROTOCOL_VERSION,
            "workload": self._workload.id,
            "model": self._options.model,
            "python": interpreter.version(),
            "implementation": sys.implementation.name,
            "free_threaded": interpreter.is_free_threaded(),
            "gil": interpreter.gil_enabled(),
            "uvloop": interpreter.uvloop_version(),
            "loop": None,
            "params": self._work.params,
            "cpus": os.cpu_count() or 1,
            "affinity": machine.affinity(),
            "cgroup_cpus": machine.cgroup_cpus(),
            "source": self._workload.source,
        }

    def _set_up(self):
        if hasattr(self._module, "setup"):
            with self._watch("setup"), phase("setup"):
                self._module.setup(self._work)

    def _measure(self):
        observation = Observation(self._module, self._support)
        measurement = Measurement(self._module, self._work, self._support, self._recorder, observation)
        for index in range(self._options.warmups):
            value = self._value(measurement)
            self._watch.add("warmup", value.seconds)
            self._channel.send("warmup", index=index, seconds=value.seconds)
        before = self._calibrate()
        for index in range(self._options.values):
            value = self._value(measurement)
            self._watch.add("values", value.seconds)
            after = self._calibrate()
            self._channel.send("value", index=index, **value.fields(), calibration=(before + after) / 2, verified=True)
            before = after

    def _value(self, measurement):
        self._peers.require_alive()
        return measurement.value()

    def _calibrate(self):
        seconds = calibrate()
        self._watch.add("calibration", seconds)
        return seconds

    def _tear_down(self, quietly):
        try:
            if hasattr(self._module, "teardown"):
                with phase("teardown"):
                    self._module.teardown(self._work)
        except BaseException:
            # After another failure, that one is the news.
            if not quietly:
                raise
        finally:
            self._peers.stop()
            _stop_forkserver()


def _stop_forkserver():
    if forkserver_pid() is not None:
        # It would end by itself a moment after this process, which is a moment too late for whoever looks for survivors.
        sys.modules["multiprocessing.forkserver"]._forkserver._stop()


def _require_no_gil():
    if interpreter.is_free_threaded() and interpreter.gil_enabled():
        raise Fault(
            "fallback",
            "this free-threaded build runs with the global interpreter lock, which a C extension or PYTHON_GIL brought back; its figures "
            "would not be free-threaded ones, so remove or replace the extension named in the RuntimeWarning of the worker's output",
        )
