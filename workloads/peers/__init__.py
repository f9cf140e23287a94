"""What the bundled I/O workloads share: the programs at the other end, and the code both ends must agree on.

A program here (`http_server.py`, `slow_storage.py`, `chat_clients.py`) runs in a process and on an interpreter of its own,
prints one line of JSON when it is ready, and ends when the process that started it has gone.
"""
