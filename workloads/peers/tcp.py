"""TCP sockets on this machine that send small messages at once."""
import socket

BACKLOG = 512
"""Connections that may wait to be accepted: one that finds no room is repeated a second later."""


def listener(patience=None):
    """A bound and listening socket on a free port of 127.0.0.1; blocking calls give up after `patience` seconds."""
    # asyncio switches Nagle's algorithm off only on sockets that say they are TCP, and accepted ones say what this one says.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    listening.listen(BACKLOG)
    listening.settimeout(patience)
    return listening


def port_of(sock):
    """The port a socket is bound to."""
    return sock.getsockname()[1]


def connect(port, patience=None):
    """A connection to `port` on 127.0.0.1 with Nagle's algorithm off; blocking calls give up after `patience` seconds."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=patience)
    return without_delay(connection)


def accept(listening, patience=None):
    """The next connection of a listener with Nagle's algorithm off; blocking calls give up after `patience` seconds."""
    connection, _ = listening.accept()
    connection.settimeout(patience)
    return without_delay(connection)


def without_delay(connection):
    """The socket, with Nagle's algorithm off."""
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    assert_no_delay(connection)
    return connection


def assert_no_delay(sock):
    """Raises AssertionError where Nagle's algorithm is on: it would hold messages back for up to 40 ms and measure the kernel's timers."""
    assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY), "TCP_NODELAY is off at one end of a connection"
