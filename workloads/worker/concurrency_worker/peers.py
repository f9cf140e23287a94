"""Helper programs of a workload (servers, clients), each on the fixed peer interpreter so that a change belongs to what is measured."""
import os
from time import perf_counter_ns

from concurrency_worker.faults import Fault

ANNOUNCE_SECONDS = 10
"""How long a peer may take to print its first line."""

STOP_SECONDS = 2
"""How long a peer may take to end once asked, before it is killed."""


class Peers:
    """The helper programs of one process."""

    def __init__(self, folder, interpreter):
        """`folder` is where scripts are looked up, `interpreter` the Python they run on."""
        self._folder = folder
        self._interpreter = interpreter
        self._running = []
        self.seconds = 0.0

    def start(self, script, args):
        """Starts `script` and returns its announcement. Raises Fault (phase setup) when it does not come."""
        started = perf_counter_ns()
        try:
            process = self._spawn(script, args)
            self._running.append((script, process))
            return self._announcement(script, process)
        finally:
            self.seconds += (perf_counter_ns() - started) / 1e9

    def require_alive(self):
        """Raises Fault (phase run) when a peer has ended: what it serves can no longer be measured."""
        for script, process in self._running:
            if process.poll() is not None:
                raise _fault("run", script, f"ended ({_ending(process.returncode)}) before the value began; see its output")

    def stop(self):
        """Ends every peer, by request and then by force."""
        started = perf_counter_ns()
        for _, process in self._running:
            process.stdin.close()
            process.terminate()
        for _, process in self._running:
            _wait(process)
        self._running = []
        self.seconds += (perf_counter_ns() - started) / 1e9

    def _spawn(self, script, args):
        import subprocess

        command = [self._interpreter, "-s", os.path.join(self._folder, script), *map(str, args)]
        try:
            return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=self._environment())
        except OSError as error:
            message = f"could not be started on {self._interpreter}: {error.strerror}; check --peer-python"
            raise _fault("setup", script, message) from None

    def _environment(self):
        # PYTHONPATH and PYTHONHOME belong to the interpreter under test, and so does the folder of its shared libpython.
        environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
        if "LD_LIBRARY_PATH" in environment:
            prefix = os.path.dirname(os.path.dirname(os.path.realpath(self._interpreter)))
            environment["LD_LIBRARY_PATH"] = os.path.join(prefix, "lib")
        return environment

    def _announcement(self, script, process):
        import json

        line = _first_line(process.stdout.fileno())
        try:
            announced = json.loads(line)
        except ValueError:
            announced = None
        if not isinstance(announced, dict):
            code = process.poll()
            state = "still runs" if code is None else _ending(code)
            printed = f"({state}); it printed {line[:200]!r}"
            raise _fault("setup", script, f"did not print one JSON object within {ANNOUNCE_SECONDS} s {printed}")
        return announced


def _fault(phase, script, message):
    return Fault(phase, f"peer {script} {message}", "PeerError")


def _wait(process):
    import subprocess

    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    process.stdout.close()


def _first_line(descriptor):
    import select
    from time import monotonic

    deadline = monotonic() + ANNOUNCE_SECONDS
    line = b""
    # poll and not select: a worker may hold descriptors above 1023.
    poller = select.poll()
    poller.register(descriptor, select.POLLIN | select.POLLHUP)
    while not line.endswith(b"\n"):
        remaining = deadline - monotonic()
        if remaining <= 0 or not poller.poll(remaining * 1000):
            break
        piece = os.read(descriptor, 65536)
        if not piece:
            break
        line += piece
    return line.decode("utf-8", "replace")


def _ending(code):
    return f"killed by signal {-code}" if code < 0 else f"exit code {code}"
