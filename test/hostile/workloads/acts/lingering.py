"""Waiting for longer than anyone does."""
import time


def linger():
    while True:
        time.sleep(600)
