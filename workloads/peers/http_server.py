"""A small HTTP/1.1 server that answers every page after a fixed delay: `http_server.py DELAY SIZE`.

Keep-alive, one request at a time on a connection. Announces {"port": …} on 127.0.0.1.
"""
import asyncio
import socket
import sys

import lifetime
import pages


class Connection(asyncio.Protocol):
    """One client's connection."""

    def __init__(self, delay, size):
        self.delay = delay
        self.size = size
        self.unread = b""

    def connection_made(self, transport):
        self.transport = transport
        if not transport.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY):
            transport.abort()
            raise AssertionError("TCP_NODELAY is off on the server's end: replies would wait for delayed acknowledgements")

    def data_received(self, data):
        self.unread += data
        while b"\r\n\r\n" in self.unread:
            head, self.unread = self.unread.split(b"\r\n\r\n", 1)
            asyncio.get_running_loop().call_later(self.delay, self.transport.write, reply_to(head, self.size))


def reply_to(head, size):
    """The whole reply in one piece, so that it leaves in one segment's write."""
    method, path, _ = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ")
    prefix, _, page = path.rpartition("/")
    found = method == "GET" and prefix == "/pages" and page.isdigit()
    body = pages.body_of(int(page), size) if found else b"no such page\n"
    status = b"200 OK" if found else b"404 Not Found"
    return b"HTTP/1.1 %s\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s" % (status, len(body), body)


async def serve(delay, size):
    """Serves until the process ends."""
    # asyncio switches Nagle's algorithm off only on sockets that say they are TCP.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    server = await asyncio.get_running_loop().create_server(lambda: Connection(delay, size), sock=listener, backlog=512)
    lifetime.announce(port=listener.getsockname()[1])
    await server.serve_forever()


if __name__ == "__main__":
    lifetime.end_with_parent()
    asyncio.run(serve(delay=float(sys.argv[1]), size=int(sys.argv[2])))
