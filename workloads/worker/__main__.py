"""The worker: measures one workload under one concurrency model in this process. See concurrency_worker/command_line.py."""
# This file is the only one that every Python must be able to compile, so that an old one ends with a sentence and not a SyntaxError.
import sys

if sys.version_info < (3, 9):
    sys.stderr.write(
        "The worker needs Python 3.9 or newer, and %s is Python %d.%d; choose a newer interpreter.\n"
        % (sys.executable, sys.version_info[0], sys.version_info[1])
    )
    sys.exit(2)

if __name__ == "__main__":
    import os

    found = sys.path[:]
    # While the worker loads, so that a workload called json.py is refused by a sentence and not imported in place of Python's own.
    sys.path[1:] = [folder for folder in found[1:] if folder not in os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    from concurrency_worker.command_line import main

    sys.path[:] = found
    sys.exit(main(sys.argv[1:]))
