"""The `work` object: what a workload's functions get to know and to report with."""


class Work:
    """One cell's parameters as attributes, `model`, `workers`, and whatever `setup` puts there.

    Goes to other processes and subinterpreters by pickle, without its peers and its recorder: `peer`, `samples` and `metric` work
    in the worker's own process only.
    """

    def __init__(self, model, params, workers, recorder, peers):
        """`params` is a dict by name; `workers` the size of pools, which a parameter of that name overrides."""
        self.model = model
        self.params = params
        self.workers = workers
        self.__dict__.update(params)
        self._recorder = recorder
        self._peers = peers

    def metric(self, name, value):
        """Reports one figure of the present value under a metric id of the registry or of METRICS, in base units (s, B)."""
        self._here("metric")._recorder.metric(name, value)

    def samples(self, name, values):
        """Reports many figures of the present value: they become `<name>_p50`, `<name>_p99` and `<name>_max`. Adds up over calls."""
        self._here("samples")._recorder.samples(name, values)

    def count_threads(self):
        """Notes how many OS threads there are now; the most of a value become `peak_threads`. Costs about 20 µs plus 0.5 µs a thread."""
        self._here("count_threads")._recorder.count_threads()

    def peer(self, script, *args):
        """Starts a helper program on the fixed peer interpreter and returns the one JSON object it prints on its first line.

        `script` is relative to the workload's folder; `args` become text. Only in `setup`. The worker checks that it is alive before
        each value and stops it after `teardown`. Its standard input is a pipe that ends when the worker does.
        """
        return self._here("peer")._peers.start(script, args)

    def _here(self, name):
        if self._recorder is None:
            raise RuntimeError(f"work.{name} works in the worker's own process only, not in a pool's process or subinterpreter")
        return self

    def __getstate__(self):
        """Everything but the parts that belong to the worker's process."""
        return {**self.__dict__, "_recorder": None, "_peers": None}
