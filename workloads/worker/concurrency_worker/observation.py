"""What a workload asks the worker to watch besides the clock."""

LAG_INTERVAL_SECONDS = 0.001
"""Time between two ticks when the workload says `LAG = True`: shorter than any stall worth seeing, and uvloop's timer resolution."""


class Observation:
    """Which extra measurements a cell takes."""

    __slots__ = ("overlap", "lag_interval")

    def __init__(self, module, support):
        """`overlap`: time every unit (derived models; `OVERLAP`, by default when `ideal` is defined, where units are long enough that
        0.2 µs more do not count). `lag_interval`: seconds between two ticks of the loop, from `LAG`, or None.
        """
        self.overlap = support.origin == "derived" and getattr(module, "OVERLAP", hasattr(module, "ideal"))
        lag = getattr(module, "LAG", False)
        self.lag_interval = LAG_INTERVAL_SECONDS if lag is True else lag or None
