"""Which models a workload can run under on this interpreter, in which form, and why not otherwise."""
import sys

from concurrency_worker.contract import gate_of
from concurrency_worker.interpreter import uvloop_spec
from concurrency_worker.model_names import FROM_UNIT_ASYNC, MODELS, async_counterparts


class Support:
    """How one model runs a workload: `origin` is "written" or "derived" and `function` the form; or a `reason` why it does not."""

    __slots__ = ("model", "origin", "function", "reason", "gate")

    def __init__(self, module, model):
        """Decides for `model`, without importing anything the model needs."""
        self.model = model
        self.gate = gate_of(module, model)
        self.reason = _left_out(module, model)
        self.origin, self.function = (None, None) if self.reason else _form(module, model)
        if self.reason is None and self.function is None:
            self.reason = _missing_form(model)
        if self.reason is None:
            self.reason = _unavailable(model)

    def description(self):
        """The model's entry in the line that describes the workload."""
        if self.reason is not None:
            return {"supported": False, "reason": self.reason}
        return {"supported": True, "origin": self.origin, "gate": self.gate}


def _left_out(module, model):
    if model in getattr(module, "SKIP", {}):
        return module.SKIP[model]
    if model not in getattr(module, "MODELS", MODELS):
        return "not in the workload's MODELS"
    return None


def _form(module, model):
    for name in async_counterparts(model):
        if hasattr(module, name):
            return "written", getattr(module, name)
    name = "unit_async" if model in FROM_UNIT_ASYNC else "unit"
    return ("derived", getattr(module, name)) if hasattr(module, name) else (None, None)


def _missing_form(model):
    unit = "unit_async" if model in FROM_UNIT_ASYNC else "unit"
    return f"defines neither {unit} nor {async_counterparts(model)[-1]}"


def _unavailable(model):
    if model == "uvloop" and uvloop_spec() is None:
        return "uvloop is not installed in this runtime"
    if model == "interpreters" and sys.version_info < (3, 14):
        return "needs concurrent.futures.InterpreterPoolExecutor, which came with Python 3.14"
    return None
