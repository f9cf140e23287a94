"""A workload that cannot tell right from wrong."""
PARAMS = {"n": 2}


def unit(work, i):
    return i


def units(work):
    return work.n
