"""Resident memory of this process."""
import resource
import sys

RESET_PEAK = b"5"
"""Written to /proc/self/clear_refs, it sets the peak resident size back to the current one (proc(5), since Linux 4.0)."""


def reset_peak():
    """Starts a new peak. Where the system cannot, `peak_bytes` stays the peak of the whole process."""
    try:
        with open("/proc/self/clear_refs", "wb", buffering=0) as control:
            control.write(RESET_PEAK)
    except OSError:
        pass


def peak_bytes():
    """Largest resident size in bytes since `reset_peak`, children not included."""
    try:
        return status_bytes("VmHWM")
    except OSError:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        # getrusage(2): bytes on macOS, KiB elsewhere.
        return peak if sys.platform == "darwin" else peak * 1024


def status_bytes(field):
    """The named size of /proc/self/status in bytes. Raises OSError where there is no such file or field."""
    with open("/proc/self/status", "rb", buffering=0) as status:
        for line in status.read().splitlines():
            if line.startswith(field.encode() + b":"):
                return int(line.split()[1]) * 1024
    raise OSError(f"/proc/self/status has no {field}")
