"""The client of an echo server: `echo_client.py SERVER_PORT MESSAGES SIZE PATIENCE`.

Announces {"port": …}, where it holds rounds (see rounds.py). In a round it connects, sends one message after the other, each as soon as
the last has come back, and reports {"echoed": messages, "checksum": CRC-32 of what came back, "latencies": [seconds, …], "error": null}.
"""
import sys
import time
import zlib

import echo_messages
import lifetime
import rounds
import tcp


def converse(server_port, messages, size, patience):
    """One round; a server's fault is part of the report."""
    report = {"echoed": 0, "checksum": 0, "latencies": [], "error": None}
    sent = [echo_messages.message_of(number, size) for number in range(messages)]
    try:
        with tcp.connect(server_port, patience) as connection:
            for message in sent:
                begun = time.perf_counter()
                connection.sendall(message)
                answer = received(connection, size)
                report["latencies"].append(round(time.perf_counter() - begun, 7))
                report["checksum"] = zlib.crc32(answer, report["checksum"])
                report["echoed"] += 1
    except OSError as error:
        report["error"] = str(error)
    return report


def received(connection, size):
    """The next `size` bytes. Raises ConnectionError when the server hangs up before."""
    answer = connection.recv(size)
    while len(answer) < size:
        piece = connection.recv(size - len(answer))
        if not piece:
            raise ConnectionError("the server hung up")
        answer += piece
    return answer


if __name__ == "__main__":
    lifetime.end_with_parent()
    port, messages, size = map(int, sys.argv[1:4])
    rounds.serve(lambda: converse(port, messages, size, float(sys.argv[4])), lifetime.announce)
