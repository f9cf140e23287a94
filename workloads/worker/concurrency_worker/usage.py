"""CPU time and context switches of this process and the children it has waited for."""
import resource
from time import process_time_ns


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

    def per_unit_since(self, earlier, units):
        """The three per-unit metrics between `earlier` and this reading."""
        return {
            "cpu_per_unit": (self.cpu_ns - earlier.cpu_ns) / 1e9 / units,
            "voluntary_switches_per_unit": (self.voluntary - earlier.voluntary) / units,
            "involuntary_switches_per_unit": (self.involuntary - earlier.involuntary) / units,
        }
