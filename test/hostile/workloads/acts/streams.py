"""Streams and descriptors."""
import os
import sys
import time

from acts.lingering import linger

PROTOCOL = 3
MEBIBYTE = 1024 * 1024

def floods_its_output(work):
    block = b"x" * MEBIBYTE
    for _ in range(1024):
        os.write(1, block)


def floods_the_protocol(work):
    block = b'{"event":"comment","text":"%s"}\n' % (b"y" * 60000)
    for _ in range(1024 * 1024 * 1024 // len(block)):
        os.write(PROTOCOL, block)


def forges_the_protocol(work):
    """Says that a value was measured, in the worker's name."""
    os.write(PROTOCOL, b'{"event":"end","seconds":{"peers":0,"values":0}}\n')
    linger()


def reads_its_input(work):
    assert sys.stdin.read() == ""


def sees_few_descriptors(work):
    seen = {int(name) for name in os.listdir("/dev/fd")}
    # One more is the listing's own.
    assert {0, 1, 2, PROTOCOL} <= seen and len(seen) <= 5, f"it sees the descriptors {sorted(seen)}"


def closes_everything(work):
    os.closerange(0, 64)


def closes_the_protocol(work):
    os.close(PROTOCOL)


def prints_no_text(work):
    os.write(2, b"\x00\xff\xfe\xc3(\x1b[2J\x00::error::\x80\r##[error]")
    raise ValueError("\x00\udcff")


def opens_10000_files(work):
    files = [open(os.devnull) for _ in range(10_000)]
    assert len(files) == 10_000


def writes(work):
    """Text in pieces, as hexadecimal digits: `o` before a piece for stdout, `e` for stderr, `x` for the exception that ends it."""
    for piece in work.text.split():
        data = bytes.fromhex(piece[1:])
        if piece[0] == "x":
            raise ValueError(data.decode("utf-8", "surrogateescape"))
        os.write(1 if piece[0] == "o" else 2, data)
        time.sleep(0.01)
    os._exit(7)
