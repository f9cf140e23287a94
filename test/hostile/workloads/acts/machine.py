"""What belongs to the whole machine."""
import time


def sets_the_clock(work):
    """To what it is: whoever may set it changes nothing by that."""
    time.clock_settime(time.CLOCK_REALTIME, time.time())
