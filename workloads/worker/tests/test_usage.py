"""The counters of CPU time, and the calibration loop."""
import os
import unittest
from time import process_time_ns

from concurrency_worker.calibration import calibrate
from concurrency_worker.usage import Usage


def spin(nanoseconds):
    until = process_time_ns() + nanoseconds
    while process_time_ns() < until:
        pass


class Counters(unittest.TestCase):
    def test_count_this_process_and_reaped_children(self):
        before = Usage()
        spin(20_000_000)
        child = os.fork()
        if child == 0:
            spin(20_000_000)
            os._exit(0)
        os.waitpid(child, 0)
        # 40 ms over 4 units; clocks of the kernel may round the child's part.
        self.assertGreater(Usage().since(before, 4, 1.0)["cpu_per_unit"], 0.008)

    def test_calibration_takes_time(self):
        self.assertGreater(calibrate(), 0.0005)
