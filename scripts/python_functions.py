"""Prints where the functions of Python files begin and end, as JSON: {path: [[name, first line, last line], ...]}."""
import ast
import json
import sys

functions = {}
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as source:
        tree = ast.parse(source.read(), path)
    functions[path] = [
        [node.name, node.lineno, node.end_lineno]
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    ]
json.dump(functions, sys.stdout)
