"""Line protocol: requests and answers over an asyncio.Protocol of a library's own.

Stands for the maintainer of an asyncio library: `LineServer` is the code whose speed matters, and a change to it that loses, mixes up or
slows down answers shows here. One client sends `n` requests, `pipelined` at a time, and reads their answers; both ends run in the same
loop, so that what is measured is the library and not a peer.
"""
import asyncio
import time

PARAMS = {"n": 20000, "pipelined": 10}
# What the library spends, whatever else the machine does meanwhile.
GATE = "cpu_per_unit"
SCALE = {"pipelined": [1, 10, 100]}
MODELS = ["asyncio", "uvloop"]


class LineServer(asyncio.Protocol):
    """Answers each line with the same line in capitals. In your workload: an import from your package."""

    def connection_made(self, transport):
        self.transport = transport
        self.unread = b""

    def data_received(self, data):
        *lines, self.unread = (self.unread + data).split(b"\n")
        self.transport.writelines([line.upper() + b"\n" for line in lines])


def units(work):
    return work.n


async def run_asyncio(work):
    server = await asyncio.get_running_loop().create_server(LineServer, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    answers, latencies = [], []
    for first in range(0, work.n, work.pipelined):
        last = min(first + work.pipelined, work.n)
        sent = time.perf_counter()
        writer.write(b"".join(b"request %d\n" % i for i in range(first, last)))
        for _ in range(first, last):
            answers.append(await reader.readline())
        latencies.append(time.perf_counter() - sent)
    writer.close()
    server.close()
    # latency_p50, latency_p99 and latency_max of a batch.
    work.samples("latency", latencies)
    return answers


def verify(work, results):
    wrong = [i for i, answer in enumerate(results) if answer != b"REQUEST %d\n" % i]
    assert len(results) == work.n and not wrong, f"{len(results)} answers to {work.n} requests, wrong ones: {wrong[:5]}"
