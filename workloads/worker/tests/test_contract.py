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
        tables = "PARAMS = {'n': 1}\nSCALE = {'n': [1, 2.5]}\nSCALE_MODELS = {'n': ['threads']}\n"
        tables += "CORE = []\nSKIP = {'threads': 'no'}\nMODELS = ['asyncio']\n"
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
            (RIGHT + "PARAMS = 3", "PARAMS is int; it must be a dict"),
            (RIGHT + "PARAMS = {'a b': 3}", "'a b', which cannot be an attribute"),
            (RIGHT + "PARAMS = {'model': 3}", "'model', which work already has"),
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
            (RIGHT + "GATE = 'latency_p99'", "varies too much"),
            (RIGHT + "SCALE = [1]", "SCALE is list; it must be a dict"),
            (RIGHT + "SCALE = {'n': [1]}", "not in PARAMS"),
            (RIGHT + "PARAMS = {'n': 1}\nSCALE = {'n': []}", "list of at least one value"),
            (RIGHT + "PARAMS = {'n': 1}\nSCALE = {'n': 3}", "list of at least one value"),
            (RIGHT + "PARAMS = {'n': 1}\nSCALE = {'n': [1, 'a']}", "mixes numbers and texts"),
            (RIGHT + "PARAMS = {'n': 1}\nSCALE = {'n': [1, float('nan')]}", "has nan; a value is a finite number above 0"),
            (RIGHT + "PARAMS = {'n': 1}\nSCALE = {'n': [0]}", "has 0; a value is a finite number above 0"),
            (RIGHT + "PARAMS = {'n': 1}\nSCALE = {'n': [True]}", "has True"),
            (RIGHT + "PARAMS = {'n': 1}\nSCALE = {'n': [2, 2]}", "has a value twice"),
            (RIGHT + "PARAMS = {'n': 1}\nSCALE = {'n': ['a']}", "has texts and PARAMS['n'] is 1"),
            (RIGHT + "PARAMS = {'n': 'a'}\nSCALE = {'n': [1]}", "has numbers and PARAMS['n'] is 'a'"),
            (RIGHT + "PARAMS = {'n': None}\nSCALE = {'n': [1]}", "its usual value must be of their kind"),
            (RIGHT + "PARAMS = {'n': 'a'}\nSCALE = {'n': ['a=b']}", "without '='"),
            (RIGHT + "SCALE_MODELS = {'n': ['threads']}", "no axis of SCALE"),
            (RIGHT + "PARAMS = {'n': 1}\nSCALE = {'n': [2]}\nSCALE_MODELS = {'n': ['thread']}", "SCALE_MODELS['n'] names 'thread'"),
            (RIGHT + "PARAMS = {'n': 1}\nSCALE = {'n': [2]}\nSCALE_MODELS = {'n': []}", "names no model"),
            (RIGHT + "CORE = 'threads'", "CORE is str; it must be a list of models"),
            (RIGHT + "CORE = ['thread']", "CORE names 'thread'"),
            (RIGHT + "CORE = ['threads', 'threads']", "names a model twice"),
            (RIGHT + "MODELS = ['threads']\nCORE = ['asyncio']", "which MODELS leaves out"),
            ("def unit(work, i): return i\ndef verify(results): assert results", "verify cannot be called with 2 arguments"),
            (RIGHT + "def setup(): pass", "setup cannot be called with 1 argument;"),
            (RIGHT + "def unit(work): pass", "define it as def unit(work, i)"),
            (RIGHT + "async def unit_async(work): pass", "define it as async def unit_async(work, i)"),
            (RIGHT + "def run_threads(): pass", "define it as def run_threads(work)"),
            ("def verify(work, results): assert results", "nothing to run"),
            (RIGHT + "LAG = 5", "LAG must be"),
            (RIGHT + "OVERLAP = 1", "OVERLAP must be"),
        ):
            with self.subTest(source=source):
                with self.assertRaises(Fault) as raised:
                    check(module(source))
                self.assertEqual(raised.exception.phase, "contract")
                self.assertIn(words, str(raised.exception))

    def test_takes_any_callable_that_takes_the_arguments(self):
        for source in (
            "def unit(work, i=0, *, more=1): return i",
            "def unit(*arguments): return arguments",
            "from functools import partial\ndef any(first, work, i): return i\nunit = partial(any, 0)",
            "class Unit:\n    def __call__(self, work, i): return i\nunit = Unit()",
            "class Unit:\n    def call(self, work, i): return i\nunit = Unit().call",
            "verify = max",
        ):
            with self.subTest(source=source):
                check(module(RIGHT + source))

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
