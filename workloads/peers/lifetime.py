"""The life of a peer: it announces itself once, and never outlives the process that started it."""
import json
import os
import select
import stat
import sys
import threading
import time

CHECK_EVERY = 0.5
"""Seconds between two looks at the parent process."""


def announce(**address):
    """Tells the parent that this peer is ready, and where: one line of JSON on standard output."""
    # In one piece, whatever the buffering: a parent that has read the object may close its end before a newline that comes apart.
    sys.stdout.flush()
    os.write(sys.stdout.fileno(), json.dumps(address).encode() + b"\n")


def end_with_parent():
    """Ends this process soon after its standard input was closed or its parent has gone, even by SIGKILL."""
    threading.Thread(target=_watch, args=(os.getppid(),), daemon=True).start()


def _watch(parent):
    wait = _closed_input if _is_stream(0) else _nothing
    while os.getppid() == parent and not wait():
        pass
    # Other threads may be blocked in a system call that no exception reaches.
    os._exit(0)


def _is_stream(descriptor):
    """Whether the descriptor is a pipe or socket; a terminal or /dev/null says nothing about the parent."""
    try:
        mode = os.fstat(descriptor).st_mode
    except OSError:
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)


def _closed_input():
    readable, _, _ = select.select([0], [], [], CHECK_EVERY)
    return bool(readable) and not os.read(0, 4096)


def _nothing():
    time.sleep(CHECK_EVERY)
    return False
