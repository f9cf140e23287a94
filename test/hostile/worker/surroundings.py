"""What is around it: input, environment and folder."""
import json
import os
import pathlib
import sys

from protocol import ARGUMENTS, end, measure, start, value


def reads_stdin():
    start()
    received = sys.stdin.read()
    value(0, metrics={"bytes_read": len(received)})
    end()


def dumps_environment():
    print("\n".join(sorted(os.environ)), flush=True)
    print(os.getcwd(), os.listdir("."), flush=True)
    pathlib.Path(json.loads(ARGUMENTS.params)["to"]).write_text(json.dumps(dict(os.environ)))
    measure()


def litters():
    for name in ("a", "b"):
        os.makedirs(name)
        pathlib.Path(name, "file").write_text("left behind")
        os.chmod(name, 0o500)
    os.symlink("/", "root")
    measure()
