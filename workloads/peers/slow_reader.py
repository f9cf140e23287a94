"""A reader that is slow at first: `slow_reader.py SERVER_PORT PAUSE PATIENCE`.

Announces {"port": …}, where it holds rounds (see rounds.py). In a round it connects, waits PAUSE seconds, reads until the server
hangs up, and reports {"bytes": …, "checksum": CRC-32, "error": null}.
"""
import sys
import time
import zlib

import lifetime
import rounds
import tcp

BUFFER_BYTES = 1 << 18


def read_all(server_port, pause, patience):
    """One round; a server's fault is part of the report."""
    report = {"bytes": 0, "checksum": 0, "error": None}
    buffer = memoryview(bytearray(BUFFER_BYTES))
    try:
        with tcp.connect(server_port, patience) as connection:
            time.sleep(pause)
            received = connection.recv_into(buffer)
            while received:
                report["bytes"] += received
                report["checksum"] = zlib.crc32(buffer[:received], report["checksum"])
                received = connection.recv_into(buffer)
    except OSError as error:
        report["error"] = str(error)
    return report


if __name__ == "__main__":
    lifetime.end_with_parent()
    rounds.serve(lambda: read_all(int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])), lifetime.announce)
