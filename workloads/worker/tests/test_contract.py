"""What a workload may define, and the sentence it gets when it defines something else."""
import types
import unittest

from concurrency_worker.contract import check, gate_of
from concurrency_worker.faults import Fault

RIGHT = "def unit(work, i): return i\ndef verify(work, results): pass\n"


def module(source):
    made = types.ModuleType("made")
    exec(source, made.__dict__)
    return made


class Contract(unittest.TestCase):
    def test_accepts_what_the_documentation_shows(self):
        tables = "PARAMS = {'n': 1}\nSCALE = {'n': [1, 2.5]}\nSKIP = {'threads': 'no'}\nMODELS = ['asyncio']\n"
        check(module(RIGHT + tables + "LAG = 0.01\nOVERLAP = False\n"))

    def test_names_what_is_wrong(self):
        for source, words in (
            ("def unit(work, i): pass", "no verify"),
            ("verify = 3", "verify is int and not a function"),
            ("async def verify(work, results): pass", "verify must be a plain def"),
            (RIGHT + "def unit_async(work, i): pass", "unit_async must be an async def"),
            (RIGHT + "async def setup(work): pass", "setup must be a plain def"),
            (RIGHT + "def run_asyncio(work): pass", "run_asyncio must be an async def"),
            (RIGHT + "async def run_threads(work): pass", "run_threads must be a plain def"),
            (RIGHT + "def run_thread(work): pass", "run_thread belongs to no model"),
            (RIGHT + "PARAMS = 3", "PARAMS must be a dict"),
            (RIGHT + "PARAMS = {'a b': 3}", "'a b' cannot be an attribute"),
            (RIGHT + "PARAMS = {'model': 3}", "'model' is a name work already has"),
            (RIGHT + "PARAMS = {'n': {1, 2}}", "JSON cannot hold"),
            (RIGHT + "PARAMS = {'n': float('inf')}", "JSON cannot hold"),
            (RIGHT + "MODEL_PARAMS = {'thread': {}}", "MODEL_PARAMS names 'thread'"),
            (RIGHT + "MODELS = ['thread']", "MODELS names 'thread'"),
            (RIGHT + "SKIP = {'gevent': 'no'}", "SKIP names 'gevent'"),
            (RIGHT + "SKIP = {'threads': ''}", "must say why"),
            (RIGHT + "METRICS = {'overlap': {'unit': 's', 'better': 'lower'}}", "may not redefine 'overlap'"),
            (RIGHT + "METRICS = {'own': {'unit': 'ms', 'better': 'lower'}}", "METRICS['own']"),
            (RIGHT + "GATE = 'speed'", "GATE names 'speed'"),
            (RIGHT + "GATE = {'thread': 'overlap'}", "GATE names 'thread'"),
            (RIGHT + "GATE = 'overhead_per_unit'", "needs ideal"),
            (RIGHT + "SCALE = {'n': [1]}", "not in PARAMS"),
            (RIGHT + "PARAMS = {'n': 1}\nSCALE = {'n': []}", "list of positive numbers"),
            (RIGHT + "LAG = 5", "LAG must be"),
            (RIGHT + "OVERLAP = 1", "OVERLAP must be"),
        ):
            with self.subTest(source=source):
                with self.assertRaises(Fault) as raised:
                    check(module(source))
                self.assertEqual(raised.exception.phase, "contract")
                self.assertIn(words, str(raised.exception))

    def test_an_imported_helper_may_be_called_run(self):
        made = module(RIGHT)
        made.run_something = unittest.main
        check(made)

    def test_gate(self):
        self.assertEqual(gate_of(module(RIGHT), "threads"), "wall_per_unit")
        self.assertEqual(gate_of(module(RIGHT + "def ideal(work): return 1"), "threads"), "overhead_per_unit")
        self.assertEqual(gate_of(module(RIGHT + "GATE = {'threads': 'overlap', '*': 'cpu_per_unit'}"), "threads"), "overlap")
        self.assertEqual(gate_of(module(RIGHT + "GATE = {'threads': 'overlap', '*': 'cpu_per_unit'}"), "asyncio"), "cpu_per_unit")
        self.assertEqual(gate_of(module(RIGHT + "GATE = {'threads': 'overlap'}"), "asyncio"), "wall_per_unit")
