"""Ends of the process: too early, too late, or not of its own will."""
import os
import signal
import sys

from processes import linger
from protocol import ARGUMENTS, end, measure, start, value, values


def says_much_and_is_gone():
    """Fills the protocol's buffer and exits before anyone can have read it."""
    many = {"metric_%04d" % number: 1.0 for number in range(2500)}
    start()
    for index in range(ARGUMENTS.values):
        value(index, metrics=many)
    end()
    os._exit(0)


def dies_by_sigkill():
    start()
    os.kill(os.getpid(), signal.SIGKILL)


def dies_by_sigsegv():
    start()
    value(0)
    os.kill(os.getpid(), signal.SIGSEGV)


def exits_with_7():
    start()
    values()
    sys.exit(7)


def exits_with_7_after_end():
    measure()
    sys.exit(7)


def exits_silently():
    pass


def ends_then_hangs():
    measure()
    linger()
