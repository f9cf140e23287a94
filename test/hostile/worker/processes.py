"""Processes that stay: the worker's own, and what it starts."""
import json
import os
import signal
import subprocess
import sys
import time

from protocol import ARGUMENTS, measure, start, value

FOREVER = 600


def linger():
    while True:
        time.sleep(FOREVER)


def escaped():
    """Starts a grandchild in a session of its own that inherits everything, and waits until it is there."""
    ready, told = os.pipe()
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.write(told, b"x")
            linger()
        os._exit(0)
    os.read(ready, 1)


def hangs():
    start()
    value(0)
    linger()


def ignores_sigterm():
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    start()
    linger()


def forks_and_hangs():
    for _ in range(5):
        if os.fork() == 0:
            linger()
    start()
    linger()


def forks_and_ends():
    if os.fork() == 0:
        linger()
    measure()


def setsid_and_hangs():
    escaped()
    start()
    linger()


def setsid_and_ends():
    escaped()
    measure()


def orphan_without_environment():
    """Another program in a session of its own, with an empty environment and no parent, that keeps our output."""
    program = [sys.executable, "-S", "-c", "import time; time.sleep(600)", os.environ["HOSTILE_TEST"]]
    if os.fork() == 0:
        subprocess.Popen(program, env={}, start_new_session=True)
        os._exit(0)
    os.wait()
    measure()


def daemonizes():
    """A grandchild that lets go of session, parent, folder and descriptors; only its environment is left."""
    ready, told = os.pipe()
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.chdir("/")
            nothing = os.open(os.devnull, os.O_RDWR)
            for descriptor in (0, 1, 2, ARGUMENTS.fd):
                os.dup2(nothing, descriptor)
            os.write(told, b"x")
            linger()
        os._exit(0)
    os.read(ready, 1)
    measure()


def bursts():
    """A burst of processes, each in a session of its own."""
    start()
    for _ in range(200):
        if os.fork() == 0:
            os.setsid()
            linger()
    linger()


def keeps_forking():
    """A chain of processes in a session of its own: each forks the next and exits, and adds a byte to a file."""
    start()
    if os.fork() == 0:
        os.setsid()
        beat = os.open(json.loads(ARGUMENTS.params)["to"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        while True:
            if os.fork() != 0:
                os._exit(0)
            os.write(beat, b"x")
            time.sleep(0.002)
    linger()
