"""Measuring one value: run, verify, and turn what was counted into metrics per unit."""
import gc
from time import perf_counter_ns

from concurrency_worker import memory
from concurrency_worker.faults import Fault, phase
from concurrency_worker.usage import COUNTED, Usage, uncounted_children

EARLIEST = 0.9
"""A run that takes less than this part of `ideal` did not do its work. Not 1: uvloop counts whole milliseconds and may wake early."""


class Value:
    """One measured and verified value."""

    __slots__ = ("units", "ideal", "seconds", "metrics", "loop")

    def fields(self):
        """The fields of its protocol line, but for index and calibration."""
        return {name: getattr(self, name) for name in self.__slots__}


class Measurement:
    """Measures values of one cell."""

    def __init__(self, module, work, support, recorder, observation):
        """After `setup`: how many units a value has and how long it should take is asked once."""
        from concurrency_worker.execution import execution

        self._verify = module.verify
        self._work = work
        self._recorder = recorder
        self._gate = support.gate
        self.units = _units(module, work)
        self.ideal = _ideal(module, work)
        with phase("run"):
            self._execute = execution(support, work, self.units, recorder, observation)
        self._overlap = observation.overlap

    def value(self):
        """Runs once. Raises with phase run, verify or fallback; what it returns has been verified."""
        self._recorder.start()
        # The garbage of the value before must not be collected at this one's expense. The collector itself stays on.
        gc.collect()
        memory.reset_peak()
        with phase("run"):
            before = Usage()
            started = perf_counter_ns()
            outcome = self._execute()
            seconds = (perf_counter_ns() - started) / 1e9
            used = Usage()
        peak = memory.peak_bytes()
        self._split_overlap(outcome)
        self._require_right(outcome.results, seconds)
        return self._finished(outcome, seconds, {**used.since(before, self.units, seconds), "peak_rss": peak})

    def _split_overlap(self, outcome):
        if self._overlap:
            from concurrency_worker.timed_unit import split

            outcome.unit_seconds, outcome.results = split(outcome.results)

    def _require_right(self, results, seconds):
        with phase("verify"):
            _require_yes(self._verify(self._work, results))
            if self.ideal is not None and seconds < self.ideal * EARLIEST:
                raise AssertionError(
                    f"the value took {seconds:.6f} s and a perfect scheduler needs {self.ideal:.6f} s: "
                    "work was left out, or ideal is wrong"
                )

    def _finished(self, outcome, seconds, counted):
        value = Value()
        value.units, value.ideal, value.seconds, value.loop = self.units, self.ideal, seconds, outcome.loop
        value.metrics = {"wall_per_unit": seconds / self.units, **counted}
        if uncounted_children():
            for name in COUNTED:
                del value.metrics[name]
        if self.ideal is not None:
            value.metrics["overhead_per_unit"] = (seconds - self.ideal) / self.units
        if outcome.unit_seconds is not None:
            value.metrics["overlap"] = outcome.unit_seconds / seconds
        if outcome.lags is not None:
            from concurrency_worker.percentiles import summary

            lags = summary(outcome.lags)
            value.metrics.update(loop_lag_p99=lags["p99"], loop_lag_max=lags["max"])
        # The workload's own figures last: what it measured itself is what it means.
        value.metrics.update(self._recorder.metrics())
        _require_gate(self._gate, value.metrics)
        return value


def _require_yes(answer):
    if answer is None or answer is True:
        return
    if answer is False:
        raise AssertionError("verify returned False")
    raise Fault("contract", f"verify returned {answer!r:.80}; it must assert what is right, or return True or False")


def _require_gate(gate, metrics):
    if gate in metrics:
        return
    if gate in COUNTED:
        why = "which cannot be counted for the processes of a forkserver: they are no children of the worker; choose another GATE"
    else:
        why = "which GATE names; report it with work.metric or work.samples"
    raise Fault("run", f"the value has no {gate}, {why}")


def _units(module, work):
    with phase("run"):
        units = module.units(work) if hasattr(module, "units") else work.params.get("n", 1)
    if type(units) is not int or units < 1:
        raise Fault("contract", f"units(work) is {units!r}; it must be a whole number of at least 1")
    return units


def _ideal(module, work):
    if not hasattr(module, "ideal"):
        return None
    with phase("run"):
        ideal = module.ideal(work)
    if type(ideal) not in (int, float) or not 0 <= ideal < 1e9:
        raise Fault("contract", f"ideal(work) is {ideal!r}; it must be a number of seconds")
    return float(ideal)
