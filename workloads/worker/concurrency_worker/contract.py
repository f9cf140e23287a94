"""The workload contract: what a module may define, checked before anything runs."""
from concurrency_worker.faults import Fault
from concurrency_worker.metric_ids import BETTER, INFORMING, REGISTERED, UNITS
from concurrency_worker.model_names import MODELS


def check(module):
    """Raises Fault (phase contract) with one sentence for the first thing in `module` that breaks the contract."""
    from concurrency_worker import function_contract, parameter_contract

    function_contract.check(module)
    parameter_contract.check(module)
    _check_models(module)
    _check_metrics(module)
    _check_gate(module)
    _check_observation(module)


def broken(message):
    """The fault of a broken contract."""
    return Fault("contract", message)


def gate_of(module, model):
    """The id of the metric that judges the module under `model`."""
    default = "overhead_per_unit" if hasattr(module, "ideal") else "wall_per_unit"
    gate = getattr(module, "GATE", default)
    if isinstance(gate, str):
        return gate
    return gate.get(model, gate.get("*", default))


def table(module, name):
    """The dict `name` of the module, empty when it has none. Raises Fault (phase contract) when it is no dict."""
    found = getattr(module, name, {})
    if not isinstance(found, dict):
        raise broken(f"{name} is {type(found).__name__}; it must be a dict")
    return found


def require_model(place, model):
    """Raises Fault (phase contract) when `model`, which `place` names, is none."""
    if model not in MODELS:
        raise broken(f"{place} names {model!r}, which is no model; the models are {', '.join(MODELS)}")


def require_models(place, models):
    """Raises Fault (phase contract) when `models` is not a list of different models."""
    if not isinstance(models, (list, tuple)):
        raise broken(f"{place} is {type(models).__name__}; it must be a list of models, such as ['threads', 'asyncio']")
    for model in models:
        require_model(place, model)
    if len(set(models)) < len(models):
        raise broken(f"{place} names a model twice")


def _check_models(module):
    models = getattr(module, "MODELS", MODELS)
    require_models("MODELS", models)
    for model, reason in table(module, "SKIP").items():
        require_model("SKIP", model)
        if not isinstance(reason, str) or not reason.strip():
            raise broken(f"SKIP[{model!r}] must say why in one sentence")
    core = getattr(module, "CORE", None)
    if core is None:
        return
    require_models("CORE", core)
    for model in core:
        if model not in models:
            raise broken(f"CORE names {model!r}, which MODELS leaves out; name it in both or in neither")


def _check_metrics(module):
    for name, declared in table(module, "METRICS").items():
        if name in REGISTERED:
            raise broken(f"METRICS may not redefine {name!r}, which every worker knows; choose another name")
        if not isinstance(name, str) or not name.isidentifier():
            raise broken(f"METRICS names {name!r}; use a plain identifier")
        if not isinstance(declared, dict) or declared.get("unit") not in UNITS or declared.get("better") not in BETTER:
            raise broken(f"METRICS[{name!r}] must be like {{'unit': 's', 'better': 'lower'}}; units are {', '.join(UNITS)}")


def _check_gate(module):
    known = (*REGISTERED, *table(module, "METRICS"))
    if not isinstance(getattr(module, "GATE", ""), (str, dict)):
        raise broken("GATE must be a metric id or a dict from models (or '*') to metric ids")
    if isinstance(getattr(module, "GATE", None), dict):
        for model in module.GATE:
            if model != "*":
                require_model("GATE", model)
    for model in MODELS:
        gate = gate_of(module, model)
        if gate not in known:
            raise broken(
                f"GATE names {gate!r} for {model}, which is no metric; declare it in METRICS or use one of {', '.join(REGISTERED)}"
            )
        if gate in INFORMING:
            raise broken(f"GATE names {gate!r} for {model}, which varies too much between processes to judge by; choose another metric")
        if gate == "overhead_per_unit" and not hasattr(module, "ideal"):
            raise broken("GATE names overhead_per_unit, which needs ideal(work): the seconds a perfect scheduler would take")


def _check_observation(module):
    lag = getattr(module, "LAG", False)
    if type(lag) is not bool and not (type(lag) in (int, float) and 0 < lag < 1):
        raise broken("LAG must be True, False or the seconds between two ticks, below 1")
    if type(getattr(module, "OVERLAP", False)) is not bool:
        raise broken("OVERLAP must be True or False")
