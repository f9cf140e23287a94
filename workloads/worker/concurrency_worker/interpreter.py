"""The interpreter that runs this worker and the uvloop installed in it."""
import os
import sys


def version():
    """Full version with its release level, "3.13.0" or "3.15.0rc1"."""
    return sys.version.split()[0].rstrip("+")


def is_free_threaded():
    """Whether this build can run without the global interpreter lock."""
    # The build variable of sysconfig says the same and costs an import; the ABI flag is in sys on every such build.
    return "t" in getattr(sys, "abiflags", "")


def gil_enabled():
    """Whether the global interpreter lock is in force now; true where Python has no such question (before 3.13)."""
    return getattr(sys, "_is_gil_enabled", lambda: True)()


def uvloop_spec():
    """Where uvloop would be imported from, or None when this runtime has none. Imports nothing."""
    from importlib.machinery import PathFinder

    return sys.modules["uvloop"].__spec__ if "uvloop" in sys.modules else PathFinder.find_spec("uvloop")


def uvloop_version():
    """Version of the installed uvloop, "unknown" when it does not say, None when there is none. Imports nothing."""
    spec = uvloop_spec()
    if spec is None:
        return None
    if "uvloop" in sys.modules:
        return str(getattr(sys.modules["uvloop"], "__version__", "unknown"))
    return _version_beside(spec.origin)


def _version_beside(origin):
    # importlib.metadata would say the same, and costs more than the rest of the start-up together.
    for name in os.listdir(os.path.dirname(os.path.dirname(origin or "."))):
        if name.startswith("uvloop-") and name.endswith(".dist-info"):
            return name[len("uvloop-") : -len(".dist-info")]
    return "unknown"
