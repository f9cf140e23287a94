"""Which form serves which model, and the reason when none does."""
import unittest

from concurrency_worker.support import Support
from test_contract import RIGHT, module


class SupportOfAModel(unittest.TestCase):
    def test_derived_from_unit(self):
        support = Support(module(RIGHT), "threads")
        self.assertEqual(support.description(), {"supported": True, "origin": "derived", "gate": "wall_per_unit"})

    def test_written_wins_over_derived(self):
        made = module(RIGHT + "def run_threads(work): return []")
        self.assertEqual(Support(made, "threads").function, made.run_threads)
        self.assertEqual(Support(made, "threads").origin, "written")

    def test_run_asyncio_serves_uvloop_unless_run_uvloop_is_written(self):
        made = module(RIGHT + "async def run_asyncio(work): pass\nasync def unit_async(work, i): pass")
        self.assertEqual(Support(made, "uvloop").function, made.run_asyncio)
        made = module(RIGHT + "async def run_asyncio(work): pass\nasync def run_uvloop(work): pass")
        self.assertEqual(Support(made, "uvloop").function, made.run_uvloop)

    def test_reasons(self):
        for source, model, reason in (
            (RIGHT, "asyncio", "defines neither unit_async nor run_asyncio"),
            ("async def unit_async(work, i): pass", "processes", "defines neither unit nor run_processes"),
            (RIGHT + "SKIP = {'threads': 'too slow'}", "threads", "too slow"),
            (RIGHT + "MODELS = ['asyncio']", "threads", "not in the workload's MODELS"),
        ):
            with self.subTest(model=model):
                self.assertEqual(Support(module(source), model).description(), {"supported": False, "reason": reason})
