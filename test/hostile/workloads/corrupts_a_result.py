"""A workload that is fast, and wrong in its second value."""
PARAMS = {"n": 4}
CALLS = []


def unit(work, i):
    CALLS.append(i)
    return i if len(CALLS) <= work.n else -1


def units(work):
    return work.n


def verify(work, results):
    assert sorted(results) == list(range(work.n)), "a unit came back as -1"
