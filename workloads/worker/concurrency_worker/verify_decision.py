"""Whether a workload's verify can ever say no. Asked once, when the workload is described: reading the source costs some milliseconds."""
import ast
import builtins

from concurrency_worker.contract import broken


def require_decision(path):
    """Raises Fault (phase contract) when the `verify` that the file at `path` defines accepts whatever it is given.

    It can say no when it asserts, raises, returns something or calls a function other than a builtin: then it is trusted.
    """
    with open(path, "rb") as file:
        functions = [node for node in ast.parse(file.read()).body if isinstance(node, ast.FunctionDef) and node.name == "verify"]
    if functions and not any(_decides(node) for node in ast.walk(functions[-1])):
        raise broken(
            f"verify (line {functions[-1].lineno}) can never say no: it neither asserts nor raises nor returns anything; "
            "assert what is right"
        )


def _decides(node):
    if isinstance(node, ast.Return):
        return not (node.value is None or isinstance(node.value, ast.Constant) and node.value.value in (None, True))
    if isinstance(node, ast.Call):
        return not (isinstance(node.func, ast.Name) and hasattr(builtins, node.func.id))
    return isinstance(node, (ast.Assert, ast.Raise))
