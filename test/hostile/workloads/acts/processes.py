"""Processes and threads, how they are left and how they end."""
import os
import signal
import subprocess
import sys
import threading

from acts.lingering import linger


def in_a_child(act):
    """Forks a child that does something and lingers, and waits until it is there."""
    ready, told = os.pipe()
    if os.fork() == 0:
        act()
        os.write(told, b"x")
        linger()
    os.read(ready, 1)


def behaves(work):
    pass


def sleeps(work):
    linger()


def ignores_signals(work):
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(number, signal.SIG_IGN)
    linger()


def stops_itself(work):
    os.kill(os.getpid(), signal.SIGSTOP)


def leaves_children(work):
    for _ in range(5):
        in_a_child(lambda: None)


def leaves_a_session(work):
    in_a_child(os.setsid)


def changes_its_group(work):
    in_a_child(lambda: os.setpgid(0, 0))


def leaves_a_daemon(work):
    """A grandchild that lets go of session, parent, folder and descriptors; only its environment is left."""
    ready, told = os.pipe()
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.chdir("/")
            nothing = os.open(os.devnull, os.O_RDWR)
            for descriptor in (0, 1, 2):
                os.dup2(nothing, descriptor)
            os.write(told, b"x")
            linger()
        os._exit(0)
    os.read(ready, 1)


def leaves_another_program(work):
    """Another program in a session of its own, without our environment, that keeps our output."""
    program = [sys.executable, "-S", "-c", "import time; time.sleep(600)", os.environ["HOSTILE_TEST"]]
    subprocess.Popen(program, env={}, start_new_session=True)


def bursts_into_processes(work):
    for _ in range(500):
        if os.fork() == 0:
            os.setsid()
            linger()
    linger()


def bursts_into_threads(work):
    for _ in range(500):
        threading.Thread(target=linger, daemon=True).start()
    linger()


def lingers_after_its_last_word(work):
    threading.Thread(target=linger).start()


def exits_with_0(work):
    os._exit(0)


def exits_with_255(work):
    os._exit(255)


def crashes(work):
    os.kill(os.getpid(), signal.SIGSEGV)


def dies_by_an_alarm(work):
    signal.alarm(1)
    linger()
