"""Runs a command in a pseudo terminal and does what a script says, step by step.

argv: JSON {"command": [...], "columns": n, "rows": n, "steps": [{"when": regular expression, "send": text} or {"when": ..., "columns": n}]}
A step is done once its expression is found in what was printed since the last step. Standard output is JSON:
{"printed": what the command wrote, "status": exit code or minus the signal, "left": steps that were not reached}
"""

import fcntl
import json
import os
import pty
import re
import select
import struct
import sys
import termios
import time

script = json.loads(sys.argv[1])
limit = time.monotonic() + script.get("seconds", 60)
child, terminal = pty.fork()
if child == 0:
    # Until the window has its size: whatever it is before would be read.
    time.sleep(0.2)
    os.execvp(script["command"][0], script["command"])


def resize(columns):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", script.get("rows", 50), columns, 0, 0))


resize(script["columns"])
printed, since = b"", 0
steps = list(script["steps"])
while time.monotonic() < limit:
    ready, _, _ = select.select([terminal], [], [], 0.02)
    if ready:
        try:
            part = os.read(terminal, 65536)
        except OSError:
            break
        if not part:
            break
        printed += part
    while steps and (found := re.search(steps[0]["when"].encode(), printed[since:])):
        since += found.end()
        step = steps.pop(0)
        if "columns" in step:
            resize(step["columns"])
        else:
            os.write(terminal, step["send"].encode())
else:
    os.kill(child, 9)
_, status = os.waitpid(child, 0)
json.dump({"printed": printed.decode("utf-8", "replace"), "status": os.waitstatus_to_exitcode(status), "left": len(steps)}, sys.stdout)
