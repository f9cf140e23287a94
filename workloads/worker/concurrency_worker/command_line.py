"""The worker's command line: `run` measures one cell, `describe` says what a workload can do on this interpreter."""
import os
import sys

from concurrency_worker.confinement import LIMITS, confine
from concurrency_worker.faults import error_fields
from concurrency_worker.model_names import MODELS
from concurrency_worker.protocol import Channel, DescriptorError
from concurrency_worker.stopwatch import Stopwatch

USAGE = """usage: python -s worker run --workload FILE --model MODEL --fd N [--limits LIMITS] [--values K] [--warmups W] [--params JSON] [--peer-python PATH]
       python -s worker describe --workload FILE --fd N [--limits LIMITS]
LIMITS: any of files=N,file_bytes=N
"""

EXIT_USAGE = 2
EXIT_FAULT = 3


class UsageError(Exception):
    """The command line is wrong; the text is one sentence."""


class Options:
    """The parsed command line."""

    def __init__(self, arguments):
        """Raises UsageError for anything that is not in USAGE. By hand: argparse would cost every process some milliseconds."""
        if not arguments or arguments[0] not in ("run", "describe"):
            raise UsageError(f"the first argument must be run or describe, not {arguments[0] if arguments else 'nothing'}.")
        self.command = arguments[0]
        self._given = _pairs(arguments[1:])
        self.workload = self._take("--workload")
        self.fd = _whole("--fd", self._take("--fd"), 0)
        self.limits = _limits(self._take("--limits", ""))
        if self.command == "run":
            self._take_run_options()
        if self._given:
            raise UsageError(f"{self.command} does not know {', '.join(sorted(self._given))}.")

    def _take_run_options(self):
        self.model = self._take("--model")
        if self.model not in MODELS:
            raise UsageError(f"--model {self.model} is no model; the models are {', '.join(MODELS)}.")
        self.values = _whole("--values", self._take("--values", "5"), 1)
        self.warmups = _whole("--warmups", self._take("--warmups", "1"), 0)
        self.params = _params(self._take("--params", "{}"))
        self.peer_python = self._take("--peer-python", sys.executable)

    def _take(self, name, default=None):
        value = self._given.pop(name, default)
        if value is None:
            raise UsageError(f"{name} is missing.")
        return value


def main(arguments):
    """Runs one command; returns the process's exit code."""
    watch = Stopwatch("setup", "peers", "warmup", "values", "calibration")
    try:
        options = Options(arguments)
        channel = Channel(options.fd)
    except UsageError as error:
        sys.stderr.write(f"{error}\n{USAGE}")
        return EXIT_USAGE
    except DescriptorError as error:
        sys.stderr.write(f"{error}\n")
        return EXIT_USAGE
    try:
        confine(options.limits, options.fd)
        if options.command == "describe":
            _describe(channel, options, watch)
        else:
            _run(channel, options, watch)
    except BaseException as error:
        channel.send("error", **error_fields(error, os.path.abspath(options.workload)))
        _leave(EXIT_FAULT)
    return 0


def _describe(channel, options, watch):
    from concurrency_worker.contract import check
    from concurrency_worker.description import describe
    from concurrency_worker.verify_decision import require_decision
    from concurrency_worker.workload_file import WorkloadFile

    workload = WorkloadFile(options.workload)
    check(workload.module)
    require_decision(workload.path)
    channel.send("workload", **describe(workload))
    _end(channel, watch.totals())


def _run(channel, options, watch):
    from concurrency_worker.cell_run import CellRun
    from concurrency_worker.workload_file import WorkloadFile

    cell_run = CellRun(channel, WorkloadFile(options.workload), options, watch)
    cell_run.run()
    _end(channel, cell_run.seconds())


def _end(channel, seconds):
    from concurrency_worker.interpreter import gil_enabled

    channel.send("end", gil=gil_enabled(), seconds=seconds)


def _leave(code):
    """Ends the process at once: after a failure, threads and pools of the workload may never end by themselves."""
    if "multiprocessing" in sys.modules:
        for child in sys.modules["multiprocessing"].active_children():
            child.terminate()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            pass
    os._exit(code)


def _pairs(arguments):
    if len(arguments) % 2:
        raise UsageError(f"{arguments[-1]} has no value.")
    return dict(zip(arguments[::2], arguments[1::2]))


def _whole(name, text, least):
    if not text.isdecimal() or int(text) < least:
        raise UsageError(f"{name} {text} must be a whole number of at least {least}.")
    return int(text)


def _limits(text):
    limits = {}
    for limit in text.split(",") if text else ():
        name, _, most = limit.partition("=")
        if name not in LIMITS:
            raise UsageError(f"--limits {name} is no limit; the limits are {', '.join(LIMITS)}.")
        limits[name] = _whole(f"--limits {name}", most, 0)
    return limits


def _params(text):
    import json

    try:
        params = json.loads(text)
    except ValueError:
        params = None
    if not isinstance(params, dict):
        raise UsageError(f"--params {text} must be a JSON object.")
    return params
