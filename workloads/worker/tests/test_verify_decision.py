"""Whether a verify can say no, told from its source."""
import os
import tempfile
import unittest

from concurrency_worker.faults import Fault
from concurrency_worker.verify_decision import require_decision


class Decision(unittest.TestCase):
    def asked(self, body):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = os.path.join(folder.name, "made.py")
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"def verify(work, results):\n    {body}\n")
        require_decision(path)

    def test_refuses_what_accepts_everything(self):
        for body in ("pass", "...", "return", "return True", "results == [1]", "len(results) == 3", "print(all(r == 1 for r in results))"):
            with self.subTest(body=body), self.assertRaisesRegex(Fault, r"verify \(line 1\) can never say no"):
                self.asked(body)

    def test_trusts_what_can_refuse(self):
        for body in (
            "assert results == [1]",
            "return results == [1]",
            "return False",
            "raise ValueError",
            "check(results)",
            "work.expected.compare(results)",
            "if results != [1]: raise AssertionError",
        ):
            with self.subTest(body=body):
                self.asked(body)
