"""Echo: one client sends a message and waits until it comes back.

`n` messages of `size` bytes go back and forth over one connection, with a client in a process of its own on a fixed interpreter.
Measured: what a server spends on a message, with a thread and a blocking socket, or with a loop. `api` says how the loop's server is
written: protocol (callbacks, the loop's own interface), streams, or sockets (loop.sock_recv and sock_sendall). Not measured: the client,
TLS, a network. `latency` is the time from a message's sending to the arrival of its echo. One connection, because with several the number
of messages that a turn of the loop finds is a matter of luck; and both sides on one CPU, for the same reason.
`patience` is how many seconds
either side waits for a silent other. Expected order by CPU time: threads, uvloop, asyncio.
"""
import asyncio
import threading

from peers import affinity, echo_messages, rounds, tcp

PARAMS = {"n": 5000, "size": 1024, "api": "protocol", "patience": 10}
GATE = "cpu_per_unit"
CORE = ["asyncio", "uvloop"]
SCALE = {"api": ["protocol", "streams", "sockets"]}
SCALE_MODELS = {"api": ["asyncio", "uvloop"]}
ANOTHER_THREAD = "a client keeps its thread for as long as it stays: the threads row has it"
SKIP = {
    "sequential": ANOTHER_THREAD,
    "thread_pool": ANOTHER_THREAD,
    "executor": ANOTHER_THREAD,
    "processes": "a server that hands connections to processes is another program, not another model",
    "interpreters": "a server that hands connections to interpreters is another program, not another model",
}


def setup(work):
    work.cpus = affinity.hold_on_one_cpu()
    work.listener = tcp.listener(work.patience)
    client = work.peer("peers/echo_client.py", tcp.port_of(work.listener), work.n, work.size, work.patience)
    # The client gives up after `patience` and then still has to report.
    work.rounds = rounds.Rounds(client["port"], 2 * work.patience)
    work.checksum = echo_messages.checksum_of(work.n, work.size)


def teardown(work):
    work.rounds.close()
    work.listener.close()
    affinity.release(work.cpus)


def units(work):
    return work.n


def verify(work, results):
    """The server sent back, and the client got, every byte in order."""
    report = work.rounds.report()
    assert report["error"] is None, f"the client gave up after {report['echoed']} of {work.n} messages: {report['error']}"
    assert report["checksum"] == work.checksum, "what came back is not what was sent"
    assert results == work.n * work.size, f"the server echoed {results} bytes instead of {work.n * work.size}"
    work.samples("latency", report["latencies"])


def run_threads(work):
    echoed = []
    work.rounds.begin()
    connection = tcp.accept(work.listener, work.patience)
    thread = threading.Thread(target=lambda: echoed.append(echo_blocking(connection)))
    thread.start()
    work.count_threads()
    thread.join()
    return sum(echoed)


def echo_blocking(connection):
    echoed = 0
    with connection:
        while True:
            data = connection.recv(65536)
            if not data:
                return echoed
            connection.sendall(data)
            echoed += len(data)


async def run_asyncio(work):
    serve = {"protocol": serve_protocol, "streams": serve_streams, "sockets": serve_sockets}[work.api]
    return await asyncio.wait_for(serve(work), 2 * work.patience)


async def serve_protocol(work):
    loop = asyncio.get_running_loop()
    ended = loop.create_future()
    # The server closes its socket when it ends, and the next value needs it again.
    server = await loop.create_server(lambda: EchoProtocol(ended), sock=work.listener.dup())
    try:
        work.rounds.begin()
        return await ended
    finally:
        server.close()


class EchoProtocol(asyncio.Protocol):
    """Sends back what it gets."""

    def __init__(self, ended):
        self.ended = ended
        self.echoed = 0

    def connection_made(self, transport):
        self.transport = transport
        try:
            tcp.assert_no_delay(transport.get_extra_info("socket"))
        except AssertionError as error:
            self.ended.set_exception(error)

    def data_received(self, data):
        self.transport.write(data)
        self.echoed += len(data)

    def connection_lost(self, error):
        if not self.ended.done():
            self.ended.set_result(self.echoed)


async def serve_streams(work):
    ended = asyncio.get_running_loop().create_future()

    async def serve(reader, writer):
        try:
            ended.set_result(await echo_stream(reader, writer))
        except BaseException as error:
            ended.set_exception(error)
        finally:
            writer.close()

    server = await asyncio.start_server(serve, sock=work.listener.dup())
    try:
        work.rounds.begin()
        return await ended
    finally:
        server.close()


async def echo_stream(reader, writer):
    tcp.assert_no_delay(writer.get_extra_info("socket"))
    echoed = 0
    while True:
        data = await reader.read(65536)
        if not data:
            return echoed
        writer.write(data)
        await writer.drain()
        echoed += len(data)


async def serve_sockets(work):
    loop = asyncio.get_running_loop()
    listening = work.listener.dup()
    listening.setblocking(False)
    with listening:
        work.rounds.begin()
        connection, _ = await loop.sock_accept(listening)
    echoed = 0
    with tcp.without_delay(connection):
        while True:
            data = await loop.sock_recv(connection, 65536)
            if not data:
                return echoed
            await loop.sock_sendall(connection, data)
            echoed += len(data)
