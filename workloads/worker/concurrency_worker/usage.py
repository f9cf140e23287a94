"""CPU time and context switches of this process and the children it has waited for."""
import resource
import sys
from time import process_time_ns

COUNTED = ("cpu_per_unit", "cpu_per_wall", "voluntary_switches_per_unit", "involuntary_switches_per_unit")
"""Ids of the metrics that come from these counters."""


def uncounted_children():
    """Whether processes worked for this one that are not its children, so that nothing counted their CPU time: those of a forkserver."""
    return forkserver_pid() is not None


def forkserver_pid():
    """Process id of the forkserver that multiprocessing has started here, or None. Imports nothing."""
    module = sys.modules.get("multiprocessing.forkserver")
    return getattr(getattr(module, "_forkserver", None), "_forkserver_pid", None)


class Usage:
    """A reading of the counters; the difference of two is what lay between them."""

    __slots__ = ("cpu_ns", "voluntary", "involuntary")

    def __init__(self):
        """Reads the counters. A child counts once it has been waited for, as wait4(2) has it."""
        own = resource.getrusage(resource.RUSAGE_SELF)
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.cpu_ns = process_time_ns() + round((children.ru_utime + children.ru_stime) * 1e9)
        self.voluntary = own.ru_nvcsw + children.ru_nvcsw
        self.involuntary = own.ru_nivcsw + children.ru_nivcsw

    def since(self, earlier, units, seconds):
        """The metrics between `earlier` and this reading, of `units` units in `seconds` of wall time."""
        cpu_seconds = (self.cpu_ns - earlier.cpu_ns) / 1e9
        return {
            "cpu_per_unit": cpu_seconds / units,
            "cpu_per_wall": cpu_seconds / seconds,
            "voluntary_switches_per_unit": (self.voluntary - earlier.voluntary) / units,
            "involuntary_switches_per_unit": (self.involuntary - earlier.involuntary) / units,
        }
