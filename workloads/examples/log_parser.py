"""Log parser: parsing lines in pure Python, chunk by chunk.

Stands for the maintainer of a CPU-bound library: `parse` is the code whose speed matters. Threads share the interpreter lock, so processes
and subinterpreters (Python 3.14) are the models that can gain, and what they gain is measured with their start and the transport of
results. Chunks are made from their number, so nothing has to travel to a worker but that.
"""
import re

PARAMS = {"n": 8, "lines": 7000, "workers": 2}
SCALE = {"workers": [1, 2]}
SCALE_MODELS = {"workers": ["processes", "interpreters"]}

LINE = re.compile(r"(?P<host>\S+) - \[(?P<second>\d+)\] \"(?P<method>[A-Z]+) (?P<path>\S+)\" (?P<status>\d{3}) (?P<size>\d+)")


def parse(lines):
    """Bytes sent by status code. In your workload: an import from your package."""
    sizes = {}
    for line in lines:
        found = LINE.match(line)
        status = found["status"]
        sizes[status] = sizes.get(status, 0) + int(found["size"])
    return sizes


def chunk(number, count):
    return [f'10.0.{number}.{i % 256} - [{i}] "GET /pages/{i}" {200 if i % 10 else 404} {i}' for i in range(count)]


def unit(work, i):
    return parse(chunk(i, work.lines))


async def unit_async(work, i):
    # The honest row for asyncio: a coroutine that computes keeps the loop to itself.
    return unit(work, i)


def verify(work, results):
    missing = sum(range(0, work.lines, 10))
    right = {"200": sum(range(work.lines)) - missing, "404": missing}
    assert results == [right] * work.n, "a chunk was parsed wrong"
