"""Collects what a workload reports during one value."""
from concurrency_worker import os_threads, percentiles
from concurrency_worker.faults import Fault
from concurrency_worker.metric_ids import REGISTERED


class Recorder:
    """Figures of the present value, by metric id."""

    def __init__(self, own_metrics):
        """`own_metrics` are the ids of the workload's METRICS."""
        self._known = frozenset(REGISTERED) | frozenset(own_metrics)
        self.start()

    def start(self):
        """Forgets everything: a new value begins."""
        self._metrics = {}
        self._samples = {}
        self.peak_threads = 0

    def metric(self, name, value):
        """Takes one figure. Raises Fault (phase run) for an id nobody declared or a value that is not a finite number."""
        if name not in self._known:
            raise Fault("run", f"work.metric({name!r}, …): no such metric; declare it in METRICS with its unit and what is better")
        self._metrics[name] = _number(name, value)

    def samples(self, name, values):
        """Takes many figures of one kind. Raises Fault (phase run) for a name none of whose percentiles is declared."""
        if not any(f"{name}_{part}" in self._known for part in ("p50", "p99", "max")):
            raise Fault("run", f"work.samples({name!r}, …): declare {name}_p50, {name}_p99 or {name}_max in METRICS")
        self._samples.setdefault(name, []).extend(values)

    def count_threads(self):
        """Keeps the largest number of OS threads seen in this value."""
        self.note_threads(os_threads.count())

    def note_threads(self, count):
        """Keeps `count` when it is the largest of this value."""
        if count > self.peak_threads:
            self.peak_threads = count

    def metrics(self):
        """Everything reported since `start`, samples as percentiles."""
        metrics = dict(self._metrics)
        for name, samples in self._samples.items():
            if samples:
                parts = percentiles.summary(samples)
                metrics.update({f"{name}_{part}": _number(name, parts[part]) for part in parts if f"{name}_{part}" in self._known})
        if self.peak_threads:
            metrics.setdefault("peak_threads", self.peak_threads)
        return metrics


def _number(name, value):
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = float("nan")
    if not (-1.7e308 < number < 1.7e308):
        raise Fault("run", f"metric {name} is {value!r}; report a finite number in base units")
    return number
