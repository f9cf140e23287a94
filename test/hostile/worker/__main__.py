"""A worker that misbehaves on demand: the name of the workload file is the name of the misbehaviour.

It is started exactly like the real worker and speaks the same protocol, but needs no workload file and measures
nothing. Written for Python 3.9 and the standard library.
"""
import argparse
import json
import os
import pathlib
import platform
import signal
import subprocess
import sys
import time

FOREVER = 600


def parse_arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("command", choices=["run", "describe"])
    parser.add_argument("--workload", required=True)
    parser.add_argument("--fd", type=int, required=True)
    parser.add_argument("--model", default="threads")
    parser.add_argument("--values", type=int, default=1)
    parser.add_argument("--warmups", type=int, default=0)
    parser.add_argument("--params", default="{}")
    parser.add_argument("--peer-python", default=sys.executable)
    return parser.parse_args()


ARGUMENTS = parse_arguments()
NAME = pathlib.Path(ARGUMENTS.workload).stem


def raw(text):
    data = text.encode()
    while data:
        data = data[os.write(ARGUMENTS.fd, data):]


def say(event, **fields):
    raw(json.dumps({"event": event, **fields}) + "\n")


def start(**changes):
    fields = {
        "v": 1,
        "workload": NAME,
        "model": ARGUMENTS.model,
        "python": platform.python_version(),
        "implementation": "cpython",
        "free_threaded": False,
        "gil": True,
    }
    say("start", **{**fields, **changes})


def value(index, **changes):
    fields = {
        "units": 100,
        "ideal": None,
        "seconds": 0.5,
        "metrics": {"wall_per_unit": 0.005, "cpu_per_unit": 0.001 * (index + 1)},
        "calibration": 0.01,
        "loop": None,
        "verified": True,
    }
    say("value", index=index, **{**fields, **changes})


def values():
    for index in range(ARGUMENTS.values):
        value(index)


def error(phase, **changes):
    fields = {"type": "AssertionError", "message": "lost message 7", "where": "chat.py:88", "trace": "line one\nline two"}
    say("error", phase=phase, **{**fields, **changes})
    sys.exit(3)


def end():
    say("end", gil=True, seconds={"total": 0.7, "setup": 0.0, "peers": 0.1, "warmup": 0.0, "values": 0.5, "calibration": 0.0})


def measure():
    start()
    values()
    end()


def linger():
    while True:
        time.sleep(FOREVER)


def escaped():
    """Starts a grandchild in a session of its own that inherits everything, and waits until it is there."""
    ready, told = os.pipe()
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.write(told, b"x")
            linger()
        os._exit(0)
    os.read(ready, 1)


# --- the misbehaviours, in the order of their tests ---------------------------------------------------------------


def honest():
    measure()


def says_much_and_is_gone():
    """Fills the protocol's buffer and exits before anyone can have read it."""
    many = {"metric_%04d" % number: 1.0 for number in range(2500)}
    start()
    for index in range(ARGUMENTS.values):
        value(index, metrics=many)
    end()
    os._exit(0)


def hangs():
    start()
    value(0)
    linger()


def ignores_sigterm():
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    start()
    linger()


def forks_and_hangs():
    for _ in range(5):
        if os.fork() == 0:
            linger()
    start()
    linger()


def forks_and_ends():
    if os.fork() == 0:
        linger()
    measure()


def setsid_and_hangs():
    escaped()
    start()
    linger()


def setsid_and_ends():
    escaped()
    measure()


def orphan_without_environment():
    """Another program in a session of its own, with an empty environment and no parent, that keeps our output."""
    program = [sys.executable, "-S", "-c", "import time; time.sleep(600)", os.environ["HOSTILE_TEST"]]
    if os.fork() == 0:
        subprocess.Popen(program, env={}, start_new_session=True)
        os._exit(0)
    os.wait()
    measure()


def daemonizes():
    """A grandchild that lets go of session, parent, folder and descriptors; only its environment is left."""
    ready, told = os.pipe()
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.chdir("/")
            nothing = os.open(os.devnull, os.O_RDWR)
            for descriptor in (0, 1, 2, ARGUMENTS.fd):
                os.dup2(nothing, descriptor)
            os.write(told, b"x")
            linger()
        os._exit(0)
    os.read(ready, 1)
    measure()


def bursts():
    """A burst of processes, each in a session of its own."""
    start()
    for _ in range(200):
        if os.fork() == 0:
            os.setsid()
            linger()
    linger()


def keeps_forking():
    """A chain of processes in a session of its own: each forks the next and exits, and adds a byte to a file."""
    start()
    if os.fork() == 0:
        os.setsid()
        beat = os.open(json.loads(ARGUMENTS.params)["to"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        while True:
            if os.fork() != 0:
                os._exit(0)
            os.write(beat, b"x")
            time.sleep(0.002)
    linger()


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


def dies_by_sigkill():
    start()
    os.kill(os.getpid(), signal.SIGKILL)


def dies_by_sigsegv():
    start()
    value(0)
    os.kill(os.getpid(), signal.SIGSEGV)


def exits_with_7():
    start()
    values()
    sys.exit(7)


def exits_with_7_after_end():
    measure()
    sys.exit(7)


def exits_silently():
    pass


def ends_then_hangs():
    measure()
    linger()


def unknown_version():
    start(v=2)
    linger()


def not_a_number():
    start()
    raw('{"event":"value","index":0,"metrics":{"wall_per_unit":NaN}}\n')
    linger()


def infinite_number():
    start()
    raw(
        '{"event":"value","index":0,"units":1,"ideal":null,"seconds":1,"metrics":{"wall_per_unit":1e999},'
        '"calibration":1,"loop":null,"verified":true}\n'
    )
    linger()


def prototype_key():
    start()
    value(0, metrics={"__proto__": 1.0})
    linger()


def metric_missing():
    start()
    value(0)
    value(1, metrics={"wall_per_unit": 0.005})
    end()


def too_few_values():
    start()
    end()


def not_verified():
    start()
    value(0)
    value(1, verified=False)
    end()


def verify_fails():
    start()
    error("verify")


def run_fails():
    start()
    error("run", type="OSError", message="no more files")


def falls_back():
    start()
    error("fallback", type="RuntimeError", message="uvloop is not running")


def import_fails():
    error("import", type="ModuleNotFoundError", message="No module named 'nowhere'")


def other_python():
    start(python="2.7.18")
    values()
    end()


def reads_stdin():
    start()
    received = sys.stdin.read()
    value(0, metrics={"bytes_read": len(received)})
    end()


def dumps_environment():
    print("\n".join(sorted(os.environ)), flush=True)
    print(os.getcwd(), os.listdir("."), flush=True)
    pathlib.Path(json.loads(ARGUMENTS.params)["to"]).write_text(json.dumps(dict(os.environ)))
    measure()


def litters():
    for name in ("a", "b"):
        os.makedirs(name)
        pathlib.Path(name, "file").write_text("left behind")
        os.chmod(name, 0o500)
    os.symlink("/", "root")
    measure()


globals()[NAME]()
