import type { BrokenCause, Cause } from '../judge/hints.ts';

/** A likely cause in words: one sentence that says it is a guess. */
export function causeWords(cause: Cause): string {
  switch (cause) {
    case 'serialised':
      return 'This looks like units that no longer run at the same time: a lock, a pool of one, or an await in a loop instead of a gather.';
    case 'leak':
      return 'This looks like a leak: more memory is held for each unit, or finished units keep theirs.';
    case 'unbounded buffer':
      return 'This looks like more being held at once: a buffer or queue without a limit, or writes that do not wait for the reader.';
    case 'thread leak':
      return 'This looks like threads that are not ended, or a pool that is started anew: more OS threads are alive at once.';
    case 'blocking call':
      return 'This looks like a blocking call in a coroutine: the loop runs late while nothing switches more than before.';
    case 'busy threads':
      return 'This looks like threads that compute beside the loop: it runs late while the kernel switches more often.';
    case 'thread churn':
      return 'This looks like more hand-overs between threads: context switches and CPU time went up together.';
    case 'preempted':
      return 'This looks like a fight for the CPU: threads or processes were interrupted more often.';
    case 'tail':
      return 'This looks like a few units that wait long while most do not: a queue, a garbage collection, or unfair scheduling.';
    case 'waiting':
      return 'This looks like waiting: more time for no more CPU time, as with a lock, a slow peer, a timer, or a blocking call.';
    case 'slower interpreter':
      return 'This looks like the interpreter, or what it loads at its start: the fixed calibration loop slowed down as well. Between two runs that were not taken in turns it may be the machine.';
    case 'more work':
      return 'This looks like more work per unit: its CPU time went up.';
  }
}

/** A likely cause of a broken cell in words. */
export function brokenCauseWords(cause: BrokenCause): string {
  switch (cause) {
    case 'uvloop not running':
      return 'This looks like another event loop than the one asked for: uvloop was silently not used, or something installed it.';
    case 'GIL enabled':
      return 'This looks like an extension module that re-enables the GIL: PYTHON_GIL=0, or a build of it that supports free threading.';
    case 'other interpreter':
      return 'This looks like another interpreter than the one asked for: see what its environment starts.';
    case 'wrong order':
      return 'This looks like results or messages in another order: something relied on an order that is not promised.';
    case 'lost':
      return 'This looks like lost work: results, messages or bytes that never arrived or arrived damaged.';
    case 'stuck':
      return 'This looks like a deadlock, a lost wake-up, or work that never ends.';
    case 'left over':
      return 'This looks like a leak: tasks or threads that outlive the work.';
    case 'exhausted':
      return 'This looks like a limit of the machine: too many threads, files or bytes at once.';
    case 'killed':
      return 'This looks like memory that ran out.';
  }
}
