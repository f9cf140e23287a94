"""Misbehaves on demand: PARAMS says how, by the name of a function in the folder acts. Started by the real worker, like any workload."""
from acts import machine, processes, storage, streams

PARAMS = {"act": "behaves", "text": ""}

ACTS = {name: act for module in (machine, processes, storage, streams) for name, act in vars(module).items()}


def units(work):
    return 1


def unit(work, i):
    ACTS[work.act](work)
    return i


def verify(work, results):
    assert results == [0]
