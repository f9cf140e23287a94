"""Output that is too much, in the wrong place or meant for the runner, and descriptors that are closed."""
import os

from processes import linger
from protocol import end, error, raw, start, values


def floods_stdout():
    start()
    block = b"x" * (1024 * 1024)
    for _ in range(1024):
        os.write(1, block)
    values()
    end()


def floods_protocol():
    start()
    while True:
        raw('{"event":"comment","text":"%s"}\n' % ("y" * 60000))


def floods_one_line():
    start()
    while True:
        raw("z" * 65536)


def closes_descriptors():
    start()
    os.closerange(0, 64)
    os._exit(0)


def closes_descriptors_and_hangs():
    start()
    os.closerange(0, 64)
    linger()


def speaks_on_stdout():
    """Protocol-like lines where they are not the protocol."""
    print('{"event":"start","v":1}')
    print('{"event":"end","seconds":{"peers":0,"values":0}}', flush=True)
    os._exit(0)


def commands():
    lines = [
        "::error file=a.py,line=1::injected",
        "  ::set-output name=conclusion::success",
        "::add-mask::a",
        "text ##[error]injected",
        "##[command]injected",
        "##vso[task.setvariable variable=a]b",
        "a\r::warning::after a carriage return",
        "a\x0b::warning::after a vertical tab",
        "a\x85::warning::after a next line",
        "a\u2028::warning::after a line separator",
        "\ufeff::warning::after a byte order mark",
        "\x1b[2J\x1b]0;title\x07::warning::after escapes",
        "::stop-commands::token",
    ]
    for stream in (1, 2):
        os.write(stream, "\n".join(lines).encode() + b"\xff\xfe\n::debug::no newline at the end")
    start()
    error("run", type="::error::type", message="\n::error::message\r::warning::x ##[error]y", where="::notice::where", trace="\n".join(lines))
