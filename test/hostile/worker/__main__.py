"""A worker that misbehaves on demand: the name of the workload file is the name of the misbehaviour.

It is started exactly like the real worker and speaks the same protocol, but needs no workload file and measures
nothing. Written for Python 3.9 and the standard library.
"""
import answers
import endings
import output
import processes
import surroundings
from protocol import NAME

MISBEHAVIOURS = {**vars(answers), **vars(endings), **vars(output), **vars(processes), **vars(surroundings)}

MISBEHAVIOURS[NAME]()
