"""Faulty: waits, and now and then does what it should not. faulty.json beside it says what and how often."""
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import time

SETTINGS = json.loads(pathlib.Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))

PARAMS = {"n": 1}
SCALE = {"n": list(range(1, SETTINGS["points"] + 1))}
MODELS = ["sequential", "threads"]


def fail():
    raise RuntimeError("planted")


def leave(daemon=False):
    source = "import os, time\n" + ("if os.fork(): os._exit(0)\nos.setsid()\n" if daemon else "") + "time.sleep(60)"
    child = subprocess.Popen([sys.executable, "-c", source], start_new_session=daemon)
    if daemon:
        child.wait()


def flood():
    for _ in range(2000):
        print("x" * 500)


FAULTS = {
    "exits early": lambda: os._exit(3),
    "crashes": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    "hangs": lambda: time.sleep(60),
    "raises": fail,
    "leaves a child behind": leave,
    "leaves a daemon behind": lambda: leave(daemon=True),
    "prints a flood": flood,
}
SHARES = [(share, FAULTS[name]) for name, share in SETTINGS["faults"]]


def number():
    """How many processes started before this one: each adds a byte, and appending is atomic."""
    file = os.open(SETTINGS["starts"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    try:
        os.write(file, b".")
        return os.lseek(file, 0, os.SEEK_CUR)
    finally:
        os.close(file)


def misbehave():
    drawn = random.Random(SETTINGS["seed"] * 1000003 + number()).random() * 1000
    for share, fault in SHARES:
        if drawn < share:
            fault()
            return
        drawn -= share


STATE = {"begun": False}


def setup(work):
    if not STATE["begun"]:
        STATE["begun"] = True
        misbehave()


def unit(work, i):
    time.sleep(0.001)
    return i


def verify(work, results):
    assert sorted(results) == list(range(work.n))
