"""The line protocol: JSON objects, one a line, on a file descriptor of its own; never on stdout or stderr."""
import json
import os

PROTOCOL_VERSION = 1
"""Version of the line shapes, in the first line of every process; readers refuse one they do not know."""

MAX_LINE_BYTES = 65535
"""Longest line in bytes, newline included: a reader may hold a whole line, and 64 KiB is a pipe's buffer on Linux."""


class DescriptorError(Exception):
    """The protocol's descriptor cannot be used; the text is one sentence for the person who started the worker."""


class Channel:
    """Writes protocol lines to a descriptor that child processes do not get."""

    def __init__(self, descriptor):
        """Takes over `descriptor` (an int above 2 that is open for writing); raises DescriptorError when it is not."""
        _require_writable(descriptor)
        os.set_inheritable(descriptor, False)
        self._descriptor = descriptor
        # A forked child keeps non-inheritable descriptors too, and could keep the pipe open after this process ended.
        os.register_at_fork(after_in_child=self._close)

    def send(self, event, **fields):
        """Writes one line at once. Raises ValueError for a number that is not finite or a line of 64 KiB or more."""
        line = json.dumps({"event": event, **fields}, allow_nan=False, separators=(",", ":")).encode("ascii") + b"\n"
        if len(line) > MAX_LINE_BYTES:
            raise ValueError(f"the {event} line has {len(line)} bytes and the protocol allows {MAX_LINE_BYTES}; report fewer figures")
        while line:
            line = line[os.write(self._descriptor, line) :]

    def _close(self):
        try:
            os.close(self._descriptor)
        except OSError:
            pass


def _require_writable(descriptor):
    import fcntl

    if descriptor < 3:
        raise DescriptorError(f"--fd {descriptor} is standard input, output or error; give the worker a descriptor of its own, such as 3.")
    try:
        mode = fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE
    except OSError as error:
        raise DescriptorError(f"--fd {descriptor} is not open ({error.strerror}); start the worker with that descriptor open for writing.")
    if mode == os.O_RDONLY:
        raise DescriptorError(f"--fd {descriptor} is open for reading only; start the worker with that descriptor open for writing.")
