"""The files of the file-reading workloads: where they lie and what they must hold."""
import os
import zlib


def path_of(folder, number):
    """The path of a file in the folder."""
    return os.path.join(folder, str(number))


def content_of(number, size):
    """The `size` bytes of a file; no two files are alike."""
    line = b"line of file %d\n" % number
    return (line * (size // len(line) + 1))[:size]


def checksum_of(number, size):
    """CRC-32 of a file as it must be read."""
    return zlib.crc32(content_of(number, size))
