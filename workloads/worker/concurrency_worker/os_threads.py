"""How many threads the operating system sees in this process."""
import os


def count():
    """Threads alive now, those of C libraries included; where /proc is missing, the ones Python started."""
    try:
        return len(os.listdir("/proc/self/task"))
    except OSError:
        import threading

        return threading.active_count()
