"""The clients of a chat server: `chat_clients.py SERVER_PORT CLIENTS MESSAGES SIZE PATIENCE`.

Announces {"port": …}, where it holds rounds (see rounds.py). In a round all clients connect and wait for their welcome, then
each says its next message as soon as it has heard its own last one. When every client has heard every message, or PATIENCE
seconds brought nothing, all leave; the report is
{"heard": [[messages, checksum], …], "in_order": true, "latencies": [seconds, …], "error": null}.
"""
import selectors
import sys
import time
import zlib

import chat_frames
import lifetime
import rounds
import tcp


class Client:
    """One person in the chat: what was said to it, and the next thing it will say."""

    def __init__(self, number, conversation):
        self.number = number
        self.conversation = conversation
        self.socket = tcp.connect(conversation.server_port)
        self.unread = b""
        self.welcomed = False
        self.said = 0
        self.messages = 0
        self.checksum = 0
        self.heard_of = [0] * conversation.clients

    def say_next(self):
        if self.said == self.conversation.messages:
            return
        self.conversation.sent[self.number, self.said] = time.perf_counter()
        self.socket.sendall(self.conversation.frames[self.number, self.said])
        self.said += 1

    def receive(self):
        data = self.socket.recv(65536)
        if not data:
            raise ConnectionError(f"the server hung up on client {self.number}")
        now = time.perf_counter()
        self.unread += data
        size = self.conversation.size
        whole = len(self.unread) // size * size
        for start in range(0, whole, size):
            self.hear(self.unread[start : start + size], now)
        self.unread = self.unread[whole:]

    def hear(self, frame, now):
        if not self.welcomed:
            self.conversation.welcome(self, frame)
            return
        self.messages += 1
        self.checksum ^= zlib.crc32(frame)
        self.conversation.heard += 1
        origin = self.conversation.origin.get(frame)
        if origin is None:
            return
        sender, sequence = origin
        self.conversation.in_order &= self.heard_of[sender] == sequence
        self.heard_of[sender] += 1
        self.conversation.latencies.append(now - self.conversation.sent[origin])
        if sender == self.number:
            self.say_next()


class Conversation:
    """One round of the chat."""

    def __init__(self, server_port, clients, messages, size):
        self.server_port = server_port
        self.clients = clients
        self.messages = messages
        self.size = size
        self.frames = {(c, m): chat_frames.frame_of(c, m, size) for c in range(clients) for m in range(messages)}
        self.origin = {frame: origin for origin, frame in self.frames.items()}
        self.sent = {}
        self.latencies = []
        self.in_order = True
        self.heard = 0
        self.people = []

    def welcome(self, client, frame):
        if frame != chat_frames.welcome(self.size):
            raise ConnectionError(f"client {client.number} was not welcomed but told {frame!r}")
        client.welcomed = True
        if len(self.people) == self.clients and all(person.welcomed for person in self.people):
            for person in self.people:
                person.say_next()

    def hold(self, patience):
        """Runs the round. Raises OSError when the server hangs up or stays silent."""
        with selectors.DefaultSelector() as selector:
            for number in range(self.clients):
                self.people.append(Client(number, self))
            for person in self.people:
                selector.register(person.socket, selectors.EVENT_READ, person)
            while self.heard < self.clients * self.clients * self.messages:
                ready = selector.select(patience)
                if not ready:
                    raise TimeoutError(f"no message for {patience} s")
                for key, _ in ready:
                    key.data.receive()

    def leave(self):
        for person in self.people:
            person.socket.close()

    def report(self, error):
        return {
            "heard": [[person.messages, person.checksum] for person in self.people],
            "in_order": self.in_order,
            "latencies": [round(latency, 6) for latency in self.latencies],
            "error": error,
        }


def hold_round(patience, **sizes):
    """The report of one round; a server's fault is part of the report."""
    conversation, error = Conversation(**sizes), None
    try:
        conversation.hold(patience)
    except OSError as fault:
        error = str(fault)
    finally:
        conversation.leave()
    return conversation.report(error)


if __name__ == "__main__":
    lifetime.end_with_parent()
    server_port, clients, messages, size = map(int, sys.argv[1:5])
    sizes = {"server_port": server_port, "clients": clients, "messages": messages, "size": size}
    rounds.serve(lambda: hold_round(float(sys.argv[5]), **sizes), lifetime.announce)
