"""Says it is uvloop and gives the loop of asyncio, as a broken installation would."""
import asyncio

__version__ = "0.0.0"
new_event_loop = asyncio.new_event_loop
