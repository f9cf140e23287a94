"""The metrics every worker knows, by id. A workload's own names are declared in its METRICS."""

REGISTERED = (
    "wall_per_unit",
    "overhead_per_unit",
    "cpu_per_unit",
    "latency_p50",
    "latency_p99",
    "latency_max",
    "loop_lag_p99",
    "loop_lag_max",
    "overlap",
    "cpu_per_wall",
    "peak_threads",
    "peak_rss",
    "memory_per_unit",
    "virtual_memory_per_unit",
    "voluntary_switches_per_unit",
    "involuntary_switches_per_unit",
)
"""Ids with a meaning fixed outside the workload; the same list as src/model/metric.ts, and a test compares the two."""

INFORMING = frozenset(
    ("latency_p99", "latency_max", "loop_lag_p99", "loop_lag_max", "cpu_per_wall", "involuntary_switches_per_unit")
)
"""Those of them that vary too much between processes, or have no good direction, to judge a cell by."""

UNITS = ("s", "B", "ratio", "count")
"""Base units a metric may have: seconds, bytes, ratios and counts."""

BETTER = ("lower", "higher")
"""Which direction is good."""
