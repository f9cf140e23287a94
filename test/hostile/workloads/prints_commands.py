"""A workload that prints workflow commands while it is imported, and fails."""
import sys

print("::error::injected on stdout")
print("##[error]injected on stderr", file=sys.stderr)
raise ImportError("\n::error::injected in the message")
