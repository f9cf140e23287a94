"""The functions of a workload: their names, whether they are coroutine functions, and what they take."""
import sys

from concurrency_worker.contract import broken
from concurrency_worker.model_names import IN_A_LOOP, MODELS

PLAIN = {
    "verify": ("work", "results"),
    "unit": ("work", "i"),
    "units": ("work",),
    "ideal": ("work",),
    "setup": ("work",),
    "teardown": ("work",),
}
"""Functions the worker calls from outside any event loop, and what it hands them."""

CO_VARARGS, CO_COROUTINE = 0x04, 0x80
"""Flags of a function's code (inspect.CO_…; importing inspect would cost more than the whole check)."""


def check(module):
    """Raises Fault (phase contract) for the first function of `module` that the worker could not use."""
    if not hasattr(module, "verify"):
        raise broken("the workload has no verify(work, results); one that cannot tell right from wrong is refused, so define it")
    if sys.flags.optimize:
        raise broken("Python runs with -O or PYTHONOPTIMIZE, which removes every assert from verify; start it without")
    for name, parameters in PLAIN.items():
        _require_function(module, name, parameters, asynchronous=False)
    _require_function(module, "unit_async", ("work", "i"), asynchronous=True)
    for name in vars(module):
        if name.startswith("run_") and callable(getattr(module, name)):
            _check_written(module, name)
    _require_some_form(module)


def is_async(function):
    """Whether calling `function` gives a coroutine, as far as can be told without calling it."""
    code = getattr(function, "__code__", None)
    if code is not None:
        return bool(code.co_flags & CO_COROUTINE)
    import inspect

    return inspect.iscoroutinefunction(function)


def _check_written(module, name):
    model = name[len("run_") :]
    if model not in MODELS:
        # Only functions of the workload itself: an imported helper may have any name.
        if getattr(getattr(module, name), "__module__", None) == module.__name__:
            raise broken(f"{name} belongs to no model; name it run_ and one of {', '.join(MODELS)}, or without run_ if it is a helper")
        return
    _require_function(module, name, ("work",), asynchronous=model in IN_A_LOOP)


def _require_function(module, name, parameters, asynchronous):
    if not hasattr(module, name):
        return
    function = getattr(module, name)
    define = f"{'async def' if asynchronous else 'def'} {name}({', '.join(parameters)})"
    if not callable(function):
        raise broken(f"{name} is {type(function).__name__} and not a function; define it as {define}")
    if is_async(function) != asynchronous:
        if asynchronous:
            raise broken(f"{name} must be an async def, because it runs in an event loop: {define}")
        raise broken(f"{name} must be a plain def, because it is called outside any event loop: {define}")
    if not _takes(function, len(parameters)):
        raise broken(f"{name} cannot be called with {len(parameters)} argument{'s'[: len(parameters) - 1]}; define it as {define}")


def _takes(function, count):
    code = getattr(function, "__code__", None)
    if code is None or hasattr(function, "__self__"):
        return _signature_takes(function, count)
    most = count if code.co_flags & CO_VARARGS else code.co_argcount
    least = code.co_argcount - len(function.__defaults__ or ())
    return least <= count <= most and code.co_kwonlyargcount <= len(function.__kwdefaults__ or ())


def _signature_takes(function, count):
    import inspect

    try:
        inspect.signature(function).bind(*range(count))
    except TypeError:
        return False
    except ValueError:
        # Builtins may have no signature to ask.
        return True
    return True


def _require_some_form(module):
    forms = ("unit", "unit_async", *(f"run_{model}" for model in MODELS))
    if not any(hasattr(module, name) for name in forms):
        raise broken("the workload has nothing to run; define unit(work, i), unit_async(work, i) or run_<model>(work)")
