"""The workload contract: what a module may define, checked before anything runs."""
import sys

from concurrency_worker.faults import Fault
from concurrency_worker.metric_ids import BETTER, REGISTERED, UNITS
from concurrency_worker.model_names import IN_A_LOOP, MODELS

PLAIN_FUNCTIONS = ("unit", "units", "ideal", "verify", "setup", "teardown")
"""Functions the worker calls from outside any event loop."""

CO_COROUTINE = 0x80
"""Flag of an `async def` function's code (inspect.CO_COROUTINE; importing inspect would cost more than the whole check)."""


def check(module):
    """Raises Fault (phase contract) with one sentence for the first thing in `module` that breaks the contract."""
    _check_verify(module)
    _check_functions(module)
    _check_params(module)
    _check_model_tables(module)
    _check_metrics(module)
    _check_gate(module)
    _check_scale(module)
    _check_observation(module)


def broken(message):
    """The fault of a broken contract."""
    return Fault("contract", message)


def is_async(function):
    """Whether calling `function` gives a coroutine, as far as can be told without calling it."""
    code = getattr(function, "__code__", None)
    if code is not None:
        return bool(code.co_flags & CO_COROUTINE)
    import inspect

    return inspect.iscoroutinefunction(function)


def gate_of(module, model):
    """The id of the metric that judges the module under `model`."""
    default = "overhead_per_unit" if hasattr(module, "ideal") else "wall_per_unit"
    gate = getattr(module, "GATE", default)
    if isinstance(gate, str):
        return gate
    return gate.get(model, gate.get("*", default))


def _check_verify(module):
    if not hasattr(module, "verify"):
        raise broken("the workload has no verify(work, results); one that cannot tell right from wrong is refused, so define it")
    if sys.flags.optimize:
        raise broken("Python runs with -O or PYTHONOPTIMIZE, which removes every assert from verify; start it without")


def _check_functions(module):
    for name in PLAIN_FUNCTIONS:
        _require_function(module, name, asynchronous=False)
    _require_function(module, "unit_async", asynchronous=True)
    for name in vars(module):
        if name.startswith("run_") and callable(getattr(module, name)):
            _check_written(module, name)


def _check_written(module, name):
    model = name[len("run_") :]
    if model not in MODELS:
        # Only functions of the workload itself: an imported helper may have any name.
        if getattr(getattr(module, name), "__module__", None) == module.__name__:
            raise broken(f"{name} belongs to no model; name it run_ and one of {', '.join(MODELS)}, or without run_ if it is a helper")
        return
    _require_function(module, name, asynchronous=model in IN_A_LOOP)


def _require_function(module, name, asynchronous):
    if not hasattr(module, name):
        return
    function = getattr(module, name)
    if not callable(function):
        raise broken(f"{name} is {type(function).__name__} and not a function; define it with {'async def' if asynchronous else 'def'}")
    if is_async(function) != asynchronous:
        if asynchronous:
            raise broken(f"{name} must be an async def, because it runs in an event loop")
        raise broken(f"{name} must be a plain def, because it is called outside any event loop")


def _check_params(module):
    params = _table(module, "PARAMS")
    per_model = _table(module, "MODEL_PARAMS")
    for model, overrides in per_model.items():
        _require_model("MODEL_PARAMS", model)
        if not isinstance(overrides, dict):
            raise broken(f"MODEL_PARAMS[{model!r}] must be a dict of parameters")
    for source in (params, *per_model.values()):
        for name, value in source.items():
            check_param(name, value)


def check_param(name, value):
    """Raises Fault (phase contract) for a parameter that cannot be an attribute of `work` or be written as JSON."""
    import json

    if not isinstance(name, str) or not name.isidentifier() or name.startswith("_"):
        raise broken(f"parameter {name!r} cannot be an attribute of work; use a plain identifier")
    if name in ("model", "params", "metric", "samples", "peer", "count_threads"):
        raise broken(f"parameter {name!r} is a name work already has; choose another one")
    try:
        json.dumps(value, allow_nan=False)
    except (TypeError, ValueError):
        raise broken(f"parameter {name!r} is {value!r}, which JSON cannot hold; use numbers, text, lists or dicts") from None


def _check_model_tables(module):
    for model in getattr(module, "MODELS", MODELS):
        _require_model("MODELS", model)
    for model, reason in _table(module, "SKIP").items():
        _require_model("SKIP", model)
        if not isinstance(reason, str) or not reason.strip():
            raise broken(f"SKIP[{model!r}] must say why in one sentence")


def _require_model(table, model):
    if model not in MODELS:
        raise broken(f"{table} names {model!r}, which is no model; the models are {', '.join(MODELS)}")


def _check_metrics(module):
    for name, declared in _table(module, "METRICS").items():
        if name in REGISTERED:
            raise broken(f"METRICS may not redefine {name!r}, which every worker knows; choose another name")
        if not isinstance(name, str) or not name.isidentifier():
            raise broken(f"METRICS names {name!r}; use a plain identifier")
        if not isinstance(declared, dict) or declared.get("unit") not in UNITS or declared.get("better") not in BETTER:
            raise broken(f"METRICS[{name!r}] must be like {{'unit': 's', 'better': 'lower'}}; units are {', '.join(UNITS)}")


def _check_gate(module):
    known = (*REGISTERED, *_table(module, "METRICS"))
    if not isinstance(getattr(module, "GATE", ""), (str, dict)):
        raise broken("GATE must be a metric id or a dict from models (or '*') to metric ids")
    if isinstance(getattr(module, "GATE", None), dict):
        for model in module.GATE:
            if model != "*":
                _require_model("GATE", model)
    for model in MODELS:
        gate = gate_of(module, model)
        if gate not in known:
            raise broken(
                f"GATE names {gate!r} for {model}, which is no metric; declare it in METRICS or use one of {', '.join(REGISTERED)}"
            )
        if gate == "overhead_per_unit" and not hasattr(module, "ideal"):
            raise broken("GATE names overhead_per_unit, which needs ideal(work): the seconds a perfect scheduler would take")


def _check_scale(module):
    params = _table(module, "PARAMS")
    for name, points in _table(module, "SCALE").items():
        if name not in params:
            raise broken(f"SCALE names {name!r}, which is not in PARAMS")
        if not isinstance(points, (list, tuple)) or not points or not all(_is_positive(point) for point in points):
            raise broken(f"SCALE[{name!r}] must be a list of positive numbers")


def _is_positive(point):
    return type(point) in (int, float) and point > 0


def _check_observation(module):
    lag = getattr(module, "LAG", False)
    if type(lag) is not bool and not (type(lag) in (int, float) and 0 < lag < 1):
        raise broken("LAG must be True, False or the seconds between two ticks, below 1")
    if type(getattr(module, "OVERLAP", False)) is not bool:
        raise broken("OVERLAP must be True or False")


def _table(module, name):
    table = getattr(module, name, {})
    if not isinstance(table, dict):
        raise broken(f"{name} must be a dict")
    return table
