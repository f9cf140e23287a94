"""asyncio and uvloop: all units as tasks of one event loop."""
from asyncio import gather


async def run(work, unit_async, count):
    """Results of `count` units in order."""
    return await gather(*[unit_async(work, i) for i in range(count)])
