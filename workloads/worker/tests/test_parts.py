"""The small parts: percentiles, recorder, work, chunks, faults, dependencies, peak memory."""
import os
import pickle
import unittest

from concurrency_worker import memory, percentiles
from concurrency_worker.description import describe
from concurrency_worker.faults import Fault, error_fields, phase
from concurrency_worker.models.chunks import chunks
from concurrency_worker.recorder import Recorder
from concurrency_worker.work import Work
from concurrency_worker.workload_file import WorkloadFile

FIXTURES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "fixtures")


class Percentiles(unittest.TestCase):
    def test_are_measured_values(self):
        # 50 % and 99 % of 100 samples: the 50th and the 99th smallest.
        self.assertEqual(percentiles.summary(range(100, 0, -1)), {"p50": 50, "p99": 99, "max": 100})
        self.assertEqual(percentiles.summary([7]), {"p50": 7, "p99": 7, "max": 7})
        # Half of three samples is reached by the second.
        self.assertEqual(percentiles.summary([3, 1, 2])["p50"], 2)


class Recording(unittest.TestCase):
    def test_samples_become_the_declared_percentiles(self):
        recorder = Recorder({"delivery_max": {}})
        recorder.samples("latency", [1, 2])
        recorder.samples("latency", [3])
        recorder.samples("delivery", [4, 5])
        self.assertEqual(recorder.metrics(), {"latency_p50": 2, "latency_p99": 3, "latency_max": 3, "delivery_max": 5})

    def test_starts_anew_with_every_value(self):
        recorder = Recorder({})
        recorder.metric("overlap", 2)
        recorder.note_threads(9)
        recorder.start()
        self.assertEqual(recorder.metrics(), {})

    def test_refuses_what_nobody_declared_and_what_is_no_number(self):
        recorder = Recorder({"own": {}})
        for call, words in (
            (lambda: recorder.metric("other", 1), "no such metric"),
            (lambda: recorder.samples("other", [1]), "declare other_p50"),
            (lambda: recorder.metric("own", float("nan")), "finite"),
            (lambda: recorder.metric("own", "many"), "finite"),
        ):
            with self.assertRaises(Fault) as raised:
                call()
            self.assertIn(words, str(raised.exception))


class TheWorkObject(unittest.TestCase):
    def test_travels_without_the_parts_of_the_worker(self):
        work = Work("processes", {"n": 3}, 2, Recorder({}), object())
        work.data = [1]
        other = pickle.loads(pickle.dumps(work))
        self.assertEqual((other.n, other.workers, other.model, other.data), (3, 2, "processes", [1]))
        with self.assertRaisesRegex(RuntimeError, "own process only"):
            other.samples("latency", [1])

    def test_a_parameter_sets_the_workers(self):
        self.assertEqual(Work("threads", {"workers": 7}, 2, None, None).workers, 7)


class Chunks(unittest.TestCase):
    def test_hold_every_unit_once(self):
        for count in (1, 4, 8, 9, 1000):
            with self.subTest(count=count):
                self.assertEqual([i for numbers in chunks(count, 2) for i in numbers], list(range(count)))
        self.assertEqual(len(chunks(4, 2)), 4)
        self.assertLessEqual(len(chunks(1000, 2)), 8)


class Faults(unittest.TestCase):
    def test_the_innermost_phase_holds(self):
        try:
            with phase("run"), phase("verify"):
                raise KeyError("x")
        except KeyError as error:
            fields = error_fields(error, __file__)
        self.assertEqual((fields["phase"], fields["type"]), ("verify", "KeyError"))
        self.assertRegex(fields["where"], r"^test_parts\.py:\d+$")
        self.assertLessEqual(len(fields["trace"]), 4000)

    def test_an_assertion_without_words_gets_some(self):
        self.assertEqual(error_fields(AssertionError(), "x")["message"], "an assertion without a message failed")


class Description(unittest.TestCase):
    def test_says_what_the_file_says(self):
        described = describe(WorkloadFile(os.path.join(FIXTURES, "waits.py")))
        self.assertEqual(described["title"], "Waits")
        self.assertEqual(described["dependencies"], ["aiohttp>=3", "uvloop"])
        self.assertEqual(described["scale"], {"n": [1, 2]})
        self.assertRegex(described["source"], "^[0-9a-f]{64}$")


class PeakMemory(unittest.TestCase):
    def test_is_at_least_what_was_held(self):
        memory.reset_peak()
        held = bytearray(b"x" * 30_000_000)
        self.assertGreater(memory.peak_bytes(), len(held))
