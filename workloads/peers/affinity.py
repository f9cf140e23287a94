"""Holding a workload on one CPU, with the threads and peers it starts afterwards.

Between two CPUs a hand-over wakes the other core, which takes three to five times as long, so a figure would depend on where the system
happens to put the two sides.
"""
import os


def hold_on_one_cpu():
    """Holds this process on one of its CPUs; what `release` needs, or None where the system cannot."""
    if not hasattr(os, "sched_setaffinity"):
        return None
    cpus = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(cpus)})
    return cpus


def release(cpus):
    """Lets this process run where it could before."""
    if cpus:
        os.sched_setaffinity(0, cpus)
