"""What a worker lets go of and what it may take, seen from the inside of real processes."""
import json
import os
import subprocess
import sys
import unittest

from concurrency_worker.confinement import LIMITS

WORKER = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def confined(limits, question, descriptors=()):
    """What `question`, a Python expression, is in a process that was confined."""
    program = f"import os, resource; from concurrency_worker.confinement import confine; confine({limits!r}, 9); print({question})"
    done = subprocess.run([sys.executable, "-c", program], cwd=WORKER, pass_fds=descriptors, stdout=subprocess.PIPE, check=True)
    return done.stdout.decode().strip()


class Confinement(unittest.TestCase):
    def test_lowers_a_limit(self):
        self.assertEqual(confined({"files": 50}, "resource.getrlimit(resource.RLIMIT_NOFILE)"), "(50, 50)")
        self.assertEqual(confined({"file_bytes": 4096}, "resource.getrlimit(resource.RLIMIT_FSIZE)"), "(4096, 4096)")

    def test_never_raises_one(self):
        program = "resource.getrlimit(resource.RLIMIT_NOFILE)"
        self.assertEqual(confined({"files": 2**40}, program), confined({}, program))

    def test_allows_no_core_dump(self):
        self.assertEqual(confined({}, "resource.getrlimit(resource.RLIMIT_CORE)[0]"), "0")

    def test_closes_what_was_inherited(self):
        reading, writing = os.pipe()
        self.addCleanup(os.close, reading)
        self.addCleanup(os.close, writing)
        self.assertEqual(confined({}, "sorted(os.listdir('/dev/fd'))[:3] + [os.path.exists(f'/dev/fd/{%d}')]" % writing, [writing]), "['0', '1', '2', False]")

    @unittest.skipUnless(sys.platform == "linux", "only Linux has an order of who dies first")
    def test_is_the_first_to_die_when_memory_is_short(self):
        self.assertEqual(confined({}, "open('/proc/self/oom_score_adj').read().strip()"), "1000")

    def test_leaves_processes_alone(self):
        """The kernel would count those of everybody with the same user id."""
        self.assertNotIn("processes", LIMITS)

    def test_says_which_limit_is_refused(self):
        """Before the workload is read, over the protocol and not as a crash."""
        reading, writing = os.pipe()
        self.addCleanup(os.close, reading)
        program = [sys.executable, "-s", WORKER, "describe", "--workload", "none.py", "--fd", str(writing), "--limits", f"file_bytes={2 ** 80}"]
        done = subprocess.run(program, pass_fds=[writing], stderr=subprocess.PIPE)
        os.close(writing)
        with os.fdopen(os.dup(reading)) as protocol:
            said = [json.loads(line) for line in protocol]
        self.assertEqual((done.returncode, done.stderr), (3, b""))
        self.assertEqual([(line["event"], line.get("type")) for line in said], [("error", "LimitError")])
        self.assertIn(f"refuses to limit file_bytes to {2 ** 80}", said[0]["message"])
