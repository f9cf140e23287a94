"""What is sent in bulk: pieces of one size, each of which names its place."""
import zlib


def pieces(count, size):
    """One piece after the other, each a new object, as a program would make them: shared ones would cost a buffer no memory."""
    filler = bytes(size - 8)
    for number in range(count):
        yield b"%08d" % number + filler


def checksum_of(count, size):
    """CRC-32 of `count` pieces in order."""
    checksum = 0
    for piece in pieces(count, size):
        checksum = zlib.crc32(piece, checksum)
    return checksum
