"""What a workload may take of the machine: settled before it is imported, and inherited by everything that it starts."""
import os
import resource

from concurrency_worker.faults import Fault

LIMITS = {
    "files": resource.RLIMIT_NOFILE,
    "file_bytes": resource.RLIMIT_FSIZE,
}
"""
Limits of the kernel by the name that the command line knows them by. None of processes: the kernel counts all of the user, also
those that this worker has nothing to do with.
"""

FIRST_TO_DIE = b"1000"
"""The highest value of oom_score_adj, proc(5): short of memory, the kernel kills this process and not the one that started it."""


def confine(limits, descriptor):
    """
    Lowers `limits` (whole numbers by the names of LIMITS) and never raises one, allows no core dump, and closes whatever was
    inherited beside the standard streams and `descriptor`. Costs no thread and leaves nothing behind in this process. Raises Fault
    where the system refuses a limit.
    """
    _close_inherited(descriptor)
    _stand_first_in_line()
    _lower("core", resource.RLIMIT_CORE, 0)
    for name, most in limits.items():
        _lower(name, LIMITS[name], most)


def _lower(name, kind, most):
    soft, hard = resource.getrlimit(kind)
    hard = _smaller(hard, most)
    try:
        resource.setrlimit(kind, (_smaller(soft, hard), hard))
    except (OSError, ValueError, OverflowError) as error:
        raise Fault("setup", f"this system refuses to limit {name} to {most}: {error}", "LimitError") from error


def _smaller(limit, most):
    return most if limit == resource.RLIM_INFINITY else min(limit, most)


def _close_inherited(kept):
    """What this interpreter opened itself is not inheritable (PEP 446); what is came from whoever started it."""
    try:
        names = os.listdir("/dev/fd")
    except OSError:
        return
    for descriptor in map(int, names):
        if descriptor > 2 and descriptor != kept:
            _close_if_inherited(descriptor)


def _close_if_inherited(descriptor):
    try:
        if os.get_inheritable(descriptor):
            os.close(descriptor)
    except OSError:
        # The listing itself had a descriptor, which is gone.
        pass


def _stand_first_in_line():
    try:
        own = os.open("/proc/self/oom_score_adj", os.O_WRONLY)
    except OSError:
        return
    try:
        os.write(own, FIRST_TO_DIE)
    except OSError:
        pass
    finally:
        os.close(own)
