"""What is said in the chat: frames of one size, each of which names its sender and its place in what the sender says."""
import zlib
from functools import reduce
from operator import xor


def frame_of(sender, sequence, size):
    """Message `sequence` of client `sender`, `size` bytes."""
    return (b"%05d %05d " % (sender, sequence)).ljust(size - 1, b"~") + b"\n"


def welcome(size):
    """What the server sends to a client that it has let in."""
    return b"welcome".ljust(size - 1) + b"\n"


def checksum_of(clients, messages, size):
    """XOR of the CRC-32 of every message of every client: what each client must have heard, in any order."""
    return reduce(xor, (zlib.crc32(frame_of(sender, sequence, size)) for sender in range(clients) for sequence in range(messages)), 0)
