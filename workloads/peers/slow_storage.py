"""Storage that takes its time: feeds FOLDER/0 … FOLDER/N-1, each a FIFO: `slow_storage.py FOLDER N SIZE DELAY`.

Whoever opens a file gets its content DELAY seconds later. Announces {"files": N}.
"""
import os
import sys
import threading
import time

import lifetime
import stored_files


def feed(path, content, delay):
    """Hands the content to one reader after another, for ever."""
    while True:
        with open(path, "wb", buffering=0) as pipe:
            # The next reader must meet a new FIFO: on this one it would share the bytes of the present reader.
            make_fifo(path)
            time.sleep(delay)
            pipe.write(content)


def make_fifo(path):
    """Puts a fresh FIFO at the path, in place of what is there."""
    os.mkfifo(path + ".new")
    os.replace(path + ".new", path)


def feed_or_end(path, content, delay):
    """Feeds; a feeder that fails ends the peer, so that no reader waits for it."""
    try:
        feed(path, content, delay)
    except BaseException as error:
        print(f"slow storage cannot feed {path}: {error!r}", file=sys.stderr, flush=True)
        os._exit(1)


def main(folder, count, size, delay):
    """Starts one feeder for each file and waits with them."""
    # Readers hold the other end of this pipe: it hangs up at the moment this process ends.
    alive = open(stored_files.path_of(folder, "alive"), "wb")
    threading.stack_size(256 * 1024)
    feeders = []
    for number in range(count):
        path = stored_files.path_of(folder, number)
        make_fifo(path)
        feeders.append(threading.Thread(target=feed_or_end, args=(path, stored_files.content_of(number, size), delay)))
    for feeder in feeders:
        feeder.start()
    lifetime.announce(files=count)
    for feeder in feeders:
        feeder.join()
    alive.close()


if __name__ == "__main__":
    lifetime.end_with_parent()
    main(folder=sys.argv[1], count=int(sys.argv[2]), size=int(sys.argv[3]), delay=float(sys.argv[4]))
