"""Web scraping: fetch many pages over a limited number of connections.

A real HTTP/1.1 server in a process of its own answers each page of `size` bytes after `delay` seconds; up to
`connections` kept-alive connections are open at once, with `pages_each` pages for each of them. Measured: requests,
replies, waiting and checking of every page's CRC-32, with http.client under threads and asyncio's streams under a loop. Not
measured: TLS, name look-up, HTML parsing, and the server, which always runs on the same interpreter. `latency` is the time from
a request to its checked page.
`patience` is how many seconds a silent server is waited for.
"""
import asyncio
import contextlib
import http.client
import threading
import time
import zlib
from concurrent.futures import ThreadPoolExecutor

from peers import pages, tcp, work_sharing

PARAMS = {"pages_each": 2, "connections": 100, "delay": 0.02, "size": 2048, "patience": 10}
MODEL_PARAMS = {"sequential": {"pages_each": 4, "connections": 1}}
GATE = "wall_per_unit"
CORE = ["sequential", "threads", "asyncio", "uvloop"]
SCALE = {"connections": [10, 100, 400]}
SCALE_MODELS = {"connections": ["threads", "thread_pool", "asyncio", "uvloop", "executor"]}
SKIP = {
    "processes": "nobody starts a process for each connection: fetching waits, it does not compute",
    "interpreters": "nobody starts an interpreter for each connection: fetching waits, it does not compute",
}


def setup(work):
    work.n = work.connections * work.pages_each
    work.port = work.peer("peers/http_server.py", str(work.delay), str(work.size))["port"]


def units(work):
    return work.n


def ideal(work):
    return work.pages_each * work.delay


def verify(work, results):
    """Every page exactly once, and every byte of it."""
    expected = [(page, pages.checksum_of(page, work.size)) for page in range(work.n)]
    fetched = sorted(results)
    assert [page for page, _ in fetched] == [page for page, _ in expected], f"{len(fetched)} pages instead of each of {work.n} once"
    wrong = [page for (page, checksum), (_, right) in zip(fetched, expected) if checksum != right]
    assert not wrong, f"{len(wrong)} of {work.n} pages arrived with a wrong CRC-32, page {wrong[0]} first"


def run_sequential(work):
    with blocking_fetch(work) as fetch:
        return [fetch(page) for page in range(work.n)]


def run_threads(work):
    with blocking_fetch(work) as fetch:
        return work_sharing.in_threads(work, fetch, work.connections)


def run_thread_pool(work):
    with blocking_fetch(work) as fetch, ThreadPoolExecutor(work.connections) as pool:
        results = list(pool.map(fetch, range(work.n)))
        work.count_threads()
        return results


async def run_executor(work):
    loop, pool = asyncio.get_running_loop(), ThreadPoolExecutor(work.connections)
    with blocking_fetch(work) as fetch:
        try:
            results = await asyncio.gather(*(loop.run_in_executor(pool, fetch, page) for page in range(work.n)))
            work.count_threads()
            return results
        finally:
            # After an error, pages that nobody waits for any more must not hold up the report of it.
            pool.shutdown(cancel_futures=True)


@contextlib.contextmanager
def blocking_fetch(work):
    """A function that fetches one page; each thread that calls it gets a connection of its own."""
    own, opened, latencies = threading.local(), [], []

    def fetch(page):
        if not hasattr(own, "connection"):
            own.connection = connect(work)
            opened.append(own.connection)
        start = time.perf_counter()
        checksum = zlib.crc32(body_from(own.connection, page))
        latencies.append(time.perf_counter() - start)
        return page, checksum

    started = time.perf_counter()
    try:
        yield fetch
    finally:
        for connection in opened:
            connection.close()
    report(work, latencies, time.perf_counter() - started)


def report(work, latencies, seconds):
    """Reports what each page took, and how much of that overlapped."""
    work.samples("latency", latencies)
    work.metric("overlap", sum(latencies) / seconds)


def connect(work):
    connection = http.client.HTTPConnection("127.0.0.1", work.port, timeout=work.patience)
    connection.connect()
    tcp.assert_no_delay(connection.sock)
    return connection


def body_from(connection, page):
    connection.request("GET", pages.path_of(page))
    response = connection.getresponse()
    assert response.status == 200, f"page {page} got status {response.status}"
    return response.read()


async def run_asyncio(work):
    remaining, results, latencies = iter(range(work.n)), [], []
    started = time.perf_counter()
    crawlers = [crawl(work, remaining, results, latencies) for _ in range(work.connections)]
    await asyncio.wait_for(asyncio.gather(*crawlers), work.patience)
    report(work, latencies, time.perf_counter() - started)
    return results


async def crawl(work, remaining, results, latencies):
    """Fetches pages over one connection for as long as any remain."""
    reader, writer = await asyncio.open_connection("127.0.0.1", work.port)
    try:
        tcp.assert_no_delay(writer.get_extra_info("socket"))
        for page in remaining:
            start = time.perf_counter()
            checksum = zlib.crc32(await body_over(reader, writer, page))
            latencies.append(time.perf_counter() - start)
            results.append((page, checksum))
    finally:
        writer.close()


async def body_over(reader, writer, page):
    """The body of one page."""
    writer.write(b"GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" % pages.path_of(page).encode("ascii"))
    head = await reader.readuntil(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    assert status.startswith("HTTP/1.1 200 "), f"page {page} got {status}"
    headers = dict(line.lower().split(": ", 1) for line in lines if line)
    return await reader.readexactly(int(headers["content-length"]))
