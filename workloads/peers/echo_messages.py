"""What is sent to the echo server: messages of one size, each of which names its place."""
import zlib


def message_of(number, size):
    """Message `number`, `size` bytes of at least 9."""
    return (b"%08d " % number).ljust(size, b"~")


def checksum_of(count, size):
    """CRC-32 of the first `count` messages in order."""
    checksum = 0
    for number in range(count):
        checksum = zlib.crc32(message_of(number, size), checksum)
    return checksum
