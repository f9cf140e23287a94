"""Imports an extension that brings the global interpreter lock back."""
import needs_gil  # noqa: F401

PARAMS = {"n": 2}
MODELS = ["threads"]


def unit(work, i):
    return i


def verify(work, results):
    assert sorted(results) == [0, 1]
