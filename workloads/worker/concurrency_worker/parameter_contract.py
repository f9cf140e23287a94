"""The parameters of a workload: PARAMS, what single models override, and the axes on which they are varied."""
import math

from concurrency_worker.contract import broken, require_model, require_models, table

NAMES_OF_WORK = ("model", "params", "metric", "samples", "peer", "count_threads")
"""Attributes of `work` that no parameter may hide."""


def check(module):
    """Raises Fault (phase contract) for the first parameter or axis of `module` that cannot be used."""
    params = table(module, "PARAMS")
    _check_params("PARAMS", params)
    per_model = table(module, "MODEL_PARAMS")
    for model, overrides in per_model.items():
        require_model("MODEL_PARAMS", model)
        if not isinstance(overrides, dict):
            raise broken(f"MODEL_PARAMS[{model!r}] must be a dict of parameters")
        _check_params(f"MODEL_PARAMS[{model!r}]", overrides)
    axes = table(module, "SCALE")
    for name, points in axes.items():
        _check_axis(name, points, params)
    _check_axis_models(table(module, "SCALE_MODELS"), axes)


def check_param(place, name, value):
    """Raises Fault (phase contract) for a parameter that cannot be an attribute of `work` or be written as JSON."""
    import json

    if not isinstance(name, str) or not name.isidentifier() or name.startswith("_"):
        raise broken(f"{place} names {name!r}, which cannot be an attribute of work; use a plain identifier")
    if name in NAMES_OF_WORK:
        raise broken(f"{place} names {name!r}, which work already has; choose another name")
    try:
        json.dumps(value, allow_nan=False)
    except (TypeError, ValueError):
        raise broken(f"{place} sets {name!r} to {value!r}, which JSON cannot hold; use finite numbers, text, lists or dicts") from None


def _check_params(place, params):
    for name, value in params.items():
        check_param(place, name, value)


def _check_axis(name, points, params):
    place = f"SCALE[{name!r}]"
    if name not in params:
        raise broken(f"SCALE names {name!r}, which is not in PARAMS; give its usual value there")
    if not isinstance(points, (list, tuple)) or not points:
        raise broken(f"{place} must be a list of at least one value")
    _check_points(place, points)
    if _is_text(points[0]) != _is_text(params[name]) or not (_is_text(params[name]) or _is_number(params[name])):
        kind = "texts" if _is_text(points[0]) else "numbers"
        raise broken(f"{place} has {kind} and PARAMS[{name!r}] is {params[name]!r}; its usual value must be of their kind")


def _check_points(place, points):
    texts = [_is_text(point) for point in points]
    if any(texts) and not all(texts):
        raise broken(f"{place} mixes numbers and texts; use numbers for a curve or texts for rows")
    for point in points:
        if not any(texts) and not (_is_number(point) and point > 0):
            raise broken(f"{place} has {point!r}; a value is a finite number above 0 or a text")
        if all(texts) and (not point.strip() or len(point) > 100 or set(point) & set("=,\n")):
            raise broken(f"{place} has {point!r}; a text has 1 to 100 characters without '=', ',' and line ends")
    if len(set(points)) < len(points):
        raise broken(f"{place} has a value twice")


def _check_axis_models(axis_models, axes):
    for name, models in axis_models.items():
        if name not in axes:
            raise broken(f"SCALE_MODELS names {name!r}, which is no axis of SCALE")
        require_models(f"SCALE_MODELS[{name!r}]", models)
        if not models:
            raise broken(f"SCALE_MODELS[{name!r}] names no model; leave the axis out of SCALE")


def _is_text(value):
    return isinstance(value, str)


def _is_number(value):
    return type(value) in (int, float) and math.isfinite(value)
