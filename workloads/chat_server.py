"""Real-time chat server: whatever one client says is sent to every client.

`clients` clients on real sockets, in a process of their own on a fixed interpreter, say as many messages of `size`
bytes as make about `deliveries` deliveries, each its next one as soon as the last came back. Measured: accepting, reading and
broadcasting, with a thread for each client or with asyncio's streams; a unit is one delivery. Not measured: the clients,
TLS, a network. `latency` is the time from a message's sending to its arrival at one client. `patience` is how many seconds
either side waits for a silent other.
"""
import asyncio
import threading

from peers import chat_frames, rounds, tcp

PARAMS = {"clients": 40, "deliveries": 16000, "size": 64, "patience": 10}
GATE = "wall_per_unit"
CORE = ["threads", "asyncio", "uvloop"]
SCALE = {"clients": [10, 40, 160]}
SKIP = {
    "sequential": "a server that serves one client to its end before the next never broadcasts",
    "thread_pool": "a client keeps its thread for as long as it stays, so a pool is one thread for each client again",
    "executor": "a client keeps its thread for as long as it stays, so an executor is one thread for each client again",
    "processes": "the clients of a chat share one room, and processes share no memory",
    "interpreters": "the clients of a chat share one room, and interpreters share no objects",
}


def setup(work):
    work.messages = max(1, work.deliveries // work.clients**2)
    work.listener = tcp.listener(work.patience)
    people = work.peer("peers/chat_clients.py", tcp.port_of(work.listener), work.clients, work.messages, work.size, work.patience)
    # The clients give up after `patience` and then still have to report.
    work.rounds = rounds.Rounds(people["port"], 2 * work.patience)


def teardown(work):
    work.rounds.close()
    work.listener.close()


def units(work):
    return work.clients * work.clients * work.messages


def verify(work, results):
    """The server sent, and every client heard, every message once, unchanged, and each sender's in order."""
    report = work.rounds.report()
    assert report["error"] is None, f"the clients gave up: {report['error']}; {lost(work, report)} deliveries were lost"
    right = [work.clients * work.messages, chat_frames.checksum_of(work.clients, work.messages, work.size)]
    wrong = [number for number, heard in enumerate(report["heard"]) if heard != right]
    assert len(report["heard"]) == work.clients and not wrong, f"clients {wrong} heard other messages than were said"
    assert report["in_order"], "a client heard one sender's messages in another order than they were said"
    assert results == units(work), f"the server made {results} deliveries instead of {units(work)}"
    work.samples("latency", report["latencies"])


def lost(work, report):
    return units(work) - sum(messages for messages, _ in report["heard"])


def run_threads(work):
    room = ThreadedRoom(work.size)
    work.rounds.begin()
    threads = []
    for _ in range(work.clients):
        member = tcp.accept(work.listener, work.patience)
        threads.append(threading.Thread(target=room.serve, args=(member,), daemon=True))
        threads[-1].start()
    work.count_threads()
    for thread in threads:
        thread.join()
    return room.deliveries


class ThreadedRoom:
    """A chat room with a thread for each member."""

    def __init__(self, size):
        self.size = size
        self.members = []
        self.deliveries = 0
        self.lock = threading.Lock()

    def serve(self, member):
        """Serves one member until it leaves; who loses a member learns it from the clients' report."""
        with member:
            try:
                self.let_in(member)
                self.listen_to(member)
            except OSError:
                pass
            finally:
                with self.lock:
                    self.members.remove(member)

    def let_in(self, member):
        with self.lock:
            self.members.append(member)
            member.sendall(chat_frames.welcome(self.size))

    def listen_to(self, member):
        unread = b""
        while True:
            data = member.recv(65536)
            if not data:
                return
            unread += data
            while len(unread) >= self.size:
                self.broadcast(unread[: self.size])
                unread = unread[self.size :]

    def broadcast(self, frame):
        # One lock for the room: two threads that write to one socket at once would mix their messages.
        with self.lock:
            for member in self.members:
                member.sendall(frame)
            self.deliveries += len(self.members)


async def run_asyncio(work):
    room = StreamRoom(work.clients, work.size)
    # The server closes its socket when it ends, and the next value needs it again.
    server = await asyncio.start_server(room.serve, sock=work.listener.dup(), backlog=tcp.BACKLOG)
    try:
        work.rounds.begin()
        await asyncio.wait_for(room.deserted, 2 * work.patience)
    finally:
        server.close()
    return room.deliveries


class StreamRoom:
    """A chat room on asyncio's streams."""

    def __init__(self, clients, size):
        self.size = size
        self.staying = clients
        self.members = []
        self.deliveries = 0
        self.deserted = asyncio.get_running_loop().create_future()

    async def serve(self, reader, writer):
        """Serves one member until it leaves; who loses a member learns it from the clients' report."""
        try:
            tcp.assert_no_delay(writer.get_extra_info("socket"))
            self.members.append(writer)
            writer.write(chat_frames.welcome(self.size))
            await self.listen_to(reader)
        except (OSError, asyncio.IncompleteReadError):
            pass
        except Exception as error:
            self.end(error)
        finally:
            self.leave(writer)

    async def listen_to(self, reader):
        while True:
            await self.broadcast(await reader.readexactly(self.size))

    async def broadcast(self, frame):
        for member in tuple(self.members):
            member.write(frame)
            await member.drain()
            self.deliveries += 1

    def leave(self, writer):
        if writer in self.members:
            self.members.remove(writer)
        writer.close()
        self.staying -= 1
        if self.staying == 0:
            self.end()

    def end(self, error=None):
        if self.deserted.done():
            return
        if error is None:
            self.deserted.set_result(None)
        else:
            self.deserted.set_exception(error)
