"""What can go wrong in a worker, and how it is reported: an `error` line names the phase, never a time."""

MAX_TRACE = 4000
"""Longest trace in characters; the end is kept, because the innermost frames say most."""

MAX_MESSAGE = 2000
"""Longest message in characters."""


class Fault(Exception):
    """A failure with its phase: import, contract, setup, run, verify, teardown or fallback."""

    def __init__(self, phase, message, type_name=None):
        """`type_name` is what the report calls it; by default the name of the phase in CamelCase plus `Error`."""
        super().__init__(message)
        self.phase = phase
        self.type_name = type_name or phase.capitalize() + "Error"


class phase:
    """Context manager: an exception inside becomes the named phase's; one that already knows its phase passes unchanged."""

    def __init__(self, name):
        self._name = name

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        # A workload that exits (SystemExit) or is interrupted has failed too: a worker without a result must say why.
        if error is not None and not hasattr(error, "concurrency_worker_phase"):
            error.concurrency_worker_phase = error.phase if isinstance(error, Fault) else self._name
        return False


def error_fields(error, source_path):
    """The fields of the `error` line for `error`; `where` is the innermost line of the workload itself, when there is one."""
    import traceback

    if isinstance(error, Fault):
        type_name = error.type_name
    else:
        type_name = type(error).__name__
    # A Fault says in its message what is wrong with which input; the worker's own frames would say nothing more.
    trace = "" if isinstance(error, Fault) else "".join(traceback.format_exception(type(error), error, error.__traceback__))
    return {
        "phase": getattr(error, "concurrency_worker_phase", getattr(error, "phase", "run")),
        "type": type_name,
        "message": _message(error)[:MAX_MESSAGE],
        "where": _where(error, source_path, traceback),
        "trace": trace[-MAX_TRACE:],
    }


def _message(error):
    if isinstance(error, SystemExit):
        return f"it called sys.exit({'' if error.code is None else repr(error.code)})"
    # One line: the trace has the message as it was written.
    text = " ".join(str(error).split())
    if text:
        return text
    if isinstance(error, AssertionError):
        return "an assertion without a message failed"
    return f"{type(error).__name__} without a message"


def _where(error, source_path, traceback):
    if isinstance(error, SyntaxError) and error.filename == source_path:
        return f"{_file_name(source_path)}:{error.lineno}"
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == source_path]
    return f"{_file_name(source_path)}:{frames[-1].lineno}" if frames else None


def _file_name(path):
    return path.rsplit("/", 1)[-1]
