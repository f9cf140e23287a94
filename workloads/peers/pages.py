"""The pages of the web site under /pages/<number>: the server writes them, the client knows what they must hold."""
import zlib


def path_of(page):
    """The path of a page in a request line."""
    return f"/pages/{page}"


def body_of(page, size):
    """The `size` bytes of a page; no two pages are alike."""
    line = b"page %d of the site\n" % page
    return (line * (size // len(line) + 1))[:size]


def checksum_of(page, size):
    """CRC-32 of a page as it must arrive."""
    return zlib.crc32(body_of(page, size))
