"""Pooled client: fetching records with a client that shares its connections between threads.

Stands for the maintainer of a blocking client library: `Client` is the code whose speed matters. `unit` is all it takes: threads, thread
pool, run_in_executor and sequential are derived from it. The server is a helper program of its own (peers/record_server.py) on a fixed
interpreter, so that a change in the figures comes from the client.
"""
import http.client
import queue

PARAMS = {"n": 48, "workers": 8, "delay": 0.01}
MODEL_PARAMS = {"sequential": {"n": 6}, "threads": {"n": 8}}
SKIP = {
    "processes": "a client's connections belong to one process",
    "interpreters": "a client's connections belong to one interpreter",
}


class Client:
    """A pool of kept-alive connections. In your workload: an import from your package."""

    def __init__(self, port):
        self.port = port
        self.idle = queue.SimpleQueue()

    def fetch(self, number):
        connection = self.take()
        connection.request("GET", f"/records/{number}")
        body = connection.getresponse().read()
        self.idle.put(connection)
        return body

    def take(self):
        try:
            return self.idle.get_nowait()
        except queue.Empty:
            return http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)

    def close(self):
        while not self.idle.empty():
            self.idle.get().close()


def setup(work):
    work.client = Client(work.peer("peers/record_server.py", work.delay)["port"])


def teardown(work):
    work.client.close()


def unit(work, i):
    return work.client.fetch(i)


def units(work):
    return work.n


def ideal(work):
    at_once = {"sequential": 1, "threads": work.n}.get(work.model, work.workers)
    return -(-work.n // at_once) * work.delay


def verify(work, results):
    assert results == [b"record %d" % i for i in range(work.n)], "a record is missing, doubled or another one's"
