"""Rounds: the worker tells a peer to begin one, and the peer reports what it saw, over a connection of their own."""
import json
import socket


class Rounds:
    """The worker's end."""

    def __init__(self, port, patience):
        """Connects to a peer that serves rounds on `port`; a report is waited for `patience` seconds."""
        self.connection = socket.create_connection(("127.0.0.1", port), timeout=patience)

    def begin(self):
        """Tells the peer to begin a round."""
        self.connection.sendall(b"!")

    def report(self):
        """What the peer says of the round it has ended. Raises AssertionError when it says nothing."""
        with self.connection.makefile("rb") as lines:
            line = lines.readline()
        assert line.endswith(b"\n"), "the peer ended without a report"
        return json.loads(line)

    def close(self):
        """Ends the peer's service."""
        self.connection.close()


def serve(hold_round, announce):
    """The peer's end: calls `announce(port=…)`, then `hold_round()` for each round, and sends back the dict it returns."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        announce(port=listener.getsockname()[1])
        control, _ = listener.accept()
    while control.recv(1):
        control.sendall(json.dumps(hold_round()).encode("ascii") + b"\n")
