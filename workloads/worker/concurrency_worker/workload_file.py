"""Loading a workload: one Python file, imported under its own name so that other processes can import it too."""
import os
import sys

from concurrency_worker.faults import Fault, phase


class WorkloadFile:
    """A workload's module and where it came from."""

    def __init__(self, path):
        """Imports the file at `path`. Raises with phase import or contract."""
        self.path = os.path.abspath(path)
        self.folder, name = os.path.split(self.path)
        self.id, extension = os.path.splitext(name)
        if extension != ".py":
            raise Fault("import", f"{path} is not a Python file; a workload's name ends in .py")
        content = _content(self.path)
        self._require_own_name()
        self.module = self._imported()
        self.source = _digest([content, *sorted(map(_content, self._belonging()))])

    def _require_own_name(self):
        if not self.id.isidentifier():
            raise Fault("import", f"{self.id}.py cannot be imported by other processes; name it with letters, digits and underscores only")
        owner = _owner(self.id, self.path)
        if owner is not None:
            # Whatever is imported from now on must be the real one: the report of this fault needs some.
            sys.path[:] = [folder for folder in sys.path if folder != self.folder]
            raise Fault("import", f"{self.id}.py has the name of a module that others import ({owner}); rename the file")

    def _imported(self):
        if self.folder not in sys.path:
            sys.path.insert(0, self.folder)
        from importlib import import_module

        with phase("import"):
            module = import_module(self.id)
        found = os.path.realpath(getattr(module, "__file__", None) or "")
        if found != os.path.realpath(self.path):
            raise Fault("import", f"import {self.id} found {found or 'a built-in module'} instead of {self.path}; rename the file")
        return module

    def _belonging(self):
        """The other files that decide what is measured: the workloads this one imports, the package `peers` beside it, and this worker.

        Nothing else of the folder: the rest may be the very project whose changes are to be seen.
        """
        siblings = [getattr(module, "__file__", None) for module in list(sys.modules.values()) if hasattr(module, "verify")]
        files = [file for file in siblings if file and file != self.path and os.path.dirname(file) == self.folder]
        worker = os.path.dirname(os.path.abspath(__file__))
        for folder in (os.path.join(self.folder, "peers"), worker, os.path.join(worker, "models")):
            names = os.listdir(folder) if os.path.isdir(folder) else []
            files += [os.path.join(folder, name) for name in names if name.endswith(".py")]
        return files


def _owner(name, path):
    """Where a module called `name` comes from when it is not the file at `path`, or None."""
    from importlib.machinery import PathFinder

    if name in sys.builtin_module_names or name in sys.modules:
        return getattr(sys.modules.get(name), "__file__", None) or "built into Python"
    elsewhere = [folder for folder in sys.path if os.path.realpath(folder) != os.path.dirname(os.path.realpath(path))]
    spec = PathFinder.find_spec(name, elsewhere)
    return spec.origin if spec is not None and spec.origin else None


def _content(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise Fault("import", f"{path} cannot be read: {error.strerror}; check the path")


def _digest(contents):
    from hashlib import sha256

    return sha256(b"\0".join(contents)).hexdigest()
