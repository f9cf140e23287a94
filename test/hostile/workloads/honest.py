"""Waits of one millisecond. Says which variables it sees."""
import os
import time

PARAMS = {"n": 4, "delay": 0.001}


def unit(work, i):
    time.sleep(work.delay)
    return i


def units(work):
    return work.n


def verify(work, results):
    assert sorted(results) == list(range(work.n))
    assert not any("TOKEN" in name for name in os.environ), "a token came through"
