# /// script
# dependencies = ["aiohttp"]
# ///
"""Web scraping with aiohttp: fetch many pages over a limited number of connections.

The pages, the server and the parameters of `web_scraping`, fetched with aiohttp's client instead of the standard
library. Measured: one ClientSession whose connector holds up to `connections` kept-alive connections, and the checking of
every page's CRC-32. Not measured: TLS, name look-up, HTML parsing, the server. `latency` is the time from a request to its
checked page.
"""
import asyncio
import time
import zlib

from peers import pages
from web_scraping import GATE, PARAMS, ideal, report, setup, units, verify

try:
    import aiohttp
except ImportError:
    aiohttp = None

__all__ = ["GATE", "PARAMS", "ideal", "setup", "units", "verify"]

MODELS = ["asyncio", "uvloop"]
CORE = ["asyncio", "uvloop"]
SKIP = {} if aiohttp else {model: "aiohttp is not installed in this runtime" for model in MODELS}


async def run_asyncio(work):
    remaining, results, latencies = iter(range(work.n)), [], []
    started = time.perf_counter()
    connector = aiohttp.TCPConnector(limit=work.connections)
    timeout = aiohttp.ClientTimeout(total=work.patience)
    async with aiohttp.ClientSession(f"http://127.0.0.1:{work.port}", connector=connector, timeout=timeout) as session:
        await asyncio.gather(*(crawl(session, remaining, results, latencies) for _ in range(work.connections)))
    report(work, latencies, time.perf_counter() - started)
    return results


async def crawl(session, remaining, results, latencies):
    """Fetches pages one after the other for as long as any remain."""
    for page in remaining:
        start = time.perf_counter()
        async with session.get(pages.path_of(page)) as response:
            assert response.status == 200, f"page {page} got status {response.status}"
            checksum = zlib.crc32(await response.read())
        latencies.append(time.perf_counter() - start)
        results.append((page, checksum))
