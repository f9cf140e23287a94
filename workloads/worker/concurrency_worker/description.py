"""The line that describes a workload on this interpreter."""
from concurrency_worker.model_names import MODELS
from concurrency_worker.protocol import PROTOCOL_VERSION
from concurrency_worker.support import Support


def describe(workload):
    """The fields of the `workload` line for a WorkloadFile whose contract has been checked."""
    module = workload.module
    return {
        "v": PROTOCOL_VERSION,
        "id": workload.id,
        "title": _first_sentence(module.__doc__ or workload.id),
        "source": workload.source,
        "params": getattr(module, "PARAMS", {}),
        "model_params": getattr(module, "MODEL_PARAMS", {}),
        "models": {model: Support(module, model).description() for model in MODELS},
        "metrics": {name: {"unit": own["unit"], "better": own["better"]} for name, own in getattr(module, "METRICS", {}).items()},
        "core": getattr(module, "CORE", None),
        "scale": getattr(module, "SCALE", {}),
        "scale_models": getattr(module, "SCALE_MODELS", {}),
        "dependencies": _dependencies(workload.path),
    }


def _first_sentence(docstring):
    paragraph = " ".join(docstring.strip().split("\n\n")[0].split())
    end = paragraph.find(". ")
    return (paragraph if end < 0 else paragraph[:end]).rstrip(".")


def _dependencies(path):
    """The `dependencies` of the file's PEP 723 block. Read by hand: tomllib came with Python 3.11."""
    import re

    with open(path, encoding="utf-8") as file:
        # The pattern is the reference implementation's of PEP 723.
        block = re.search(r"(?m)^# /// script$\s(?P<content>(^#(| .*)$\s)+)^# ///$", file.read())
    if block is None:
        return []
    text = "\n".join(line[2:] for line in block.group("content").splitlines())
    listed = re.search(r"""(?m)^dependencies\s*=\s*\[((?:"[^"\n]*"|'[^'\n]*'|#[^\n]*|[^\]"'#])*)\]""", text)
    return [] if listed is None else [first or second for first, second in _quoted(re, listed.group(1))]


def _quoted(re, text):
    without_comments = re.sub(r"""("[^"\n]*"|'[^'\n]*')|#[^\n]*""", lambda match: match.group(1) or "", text)
    return re.findall(r""""([^"\n]*)"|'([^'\n]*)'""", without_comments)
