"""What this process may use of the machine."""
import os


def affinity():
    """Sorted CPU numbers this process may run on, or None where the system does not say."""
    if not hasattr(os, "sched_getaffinity"):
        return None
    return sorted(os.sched_getaffinity(0))


def usable_cpus():
    """How many CPUs this process may run on, at least 1."""
    return len(affinity() or ()) or os.cpu_count() or 1


def cgroup_cpus():
    """The CPU quota of this process's control group in CPUs (1.5 = one and a half), or None without a quota."""
    return _quota_v2() or _quota_v1()


def _quota_v2():
    words = _read(f"/sys/fs/cgroup{_own_group()}/cpu.max").split() or _read("/sys/fs/cgroup/cpu.max").split()
    return int(words[0]) / int(words[1]) if len(words) == 2 and words[0] != "max" else None


def _quota_v1():
    quota, period = _read("/sys/fs/cgroup/cpu/cpu.cfs_quota_us"), _read("/sys/fs/cgroup/cpu/cpu.cfs_period_us")
    return int(quota) / int(period) if quota and period and int(quota) > 0 else None


def _own_group():
    for line in _read("/proc/self/cgroup").splitlines():
        if line.startswith("0::"):
            return line[3:].rstrip("/")
    return ""


def _read(path):
    try:
        with open(path, encoding="ascii", errors="replace") as file:
            return file.read()
    except OSError:
        return ""
