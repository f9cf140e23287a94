"""What it was asked for, and the lines that the real worker answers with."""
import argparse
import json
import os
import pathlib
import platform
import sys


def parse_arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("command", choices=["run", "describe"])
    parser.add_argument("--workload", required=True)
    parser.add_argument("--fd", type=int, required=True)
    parser.add_argument("--model", default="threads")
    parser.add_argument("--values", type=int, default=1)
    parser.add_argument("--warmups", type=int, default=0)
    parser.add_argument("--params", default="{}")
    parser.add_argument("--peer-python", default=sys.executable)
    parser.add_argument("--limits", default="")
    return parser.parse_args()


ARGUMENTS = parse_arguments()
NAME = pathlib.Path(ARGUMENTS.workload).stem


def raw(text):
    data = text.encode()
    while data:
        data = data[os.write(ARGUMENTS.fd, data):]


def say(event, **fields):
    raw(json.dumps({"event": event, **fields}) + "\n")


def start(**changes):
    fields = {
        "v": 1,
        "workload": NAME,
        "model": ARGUMENTS.model,
        "python": platform.python_version(),
        "implementation": "cpython",
        "free_threaded": False,
        "gil": True,
    }
    say("start", **{**fields, **changes})


def value(index, **changes):
    fields = {
        "units": 100,
        "ideal": None,
        "seconds": 0.5,
        "metrics": {"wall_per_unit": 0.005, "cpu_per_unit": 0.001 * (index + 1)},
        "calibration": 0.01,
        "loop": None,
        "verified": True,
    }
    say("value", index=index, **{**fields, **changes})


def values():
    for index in range(ARGUMENTS.values):
        value(index)


def error(phase, **changes):
    fields = {"type": "AssertionError", "message": "lost message 7", "where": "chat.py:88", "trace": "line one\nline two"}
    say("error", phase=phase, **{**fields, **changes})
    sys.exit(3)


def end():
    say("end", gil=True, seconds={"total": 0.7, "setup": 0.0, "peers": 0.1, "warmup": 0.0, "values": 0.5, "calibration": 0.0})


def measure():
    start()
    values()
    end()
