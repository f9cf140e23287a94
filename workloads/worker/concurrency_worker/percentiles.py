"""Percentiles of samples, by the nearest rank: always a value that was measured."""


def summary(samples):
    """`{"p50": …, "p99": …, "max": …}` of a non-empty sequence, in the samples' own unit.

    Nearest rank (Hyndman and Fan, type 1): the smallest sample with at least q of all samples at or below it.
    """
    ordered = sorted(samples)
    return {"p50": _nearest_rank(ordered, 50), "p99": _nearest_rank(ordered, 99), "max": ordered[-1]}


def _nearest_rank(ordered, percent):
    return ordered[-(-len(ordered) * percent // 100) - 1]
