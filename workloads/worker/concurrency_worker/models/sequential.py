"""Sequential: one unit after the other, the baseline of every comparison."""


def run(work, unit, count, note_threads):
    """Results of `count` units in order."""
    return [unit(work, i) for i in range(count)]
