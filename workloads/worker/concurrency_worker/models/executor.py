"""run_in_executor: the blocking unit in a pool of `work.workers` threads, awaited from an asyncio event loop."""
from asyncio import gather, get_running_loop
from concurrent.futures import ThreadPoolExecutor


async def run(work, unit, count):
    """Results of `count` units in order."""
    loop = get_running_loop()
    # The loop's own default pool, as run_in_executor(None, …) takes it, of the size the workload asks for.
    loop.set_default_executor(ThreadPoolExecutor(max_workers=work.workers))
    return await gather(*[loop.run_in_executor(None, unit, work, i) for i in range(count)])
