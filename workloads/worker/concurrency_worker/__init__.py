"""The Python side of Concurrency Regressions: runs one workload under one concurrency model and reports what it saw.

Standard library only, Python 3.9 to 3.15, with and without the global interpreter lock. Everything that a cell does not need is
imported where it is used: what is imported here is paid for by every measured process.
"""
