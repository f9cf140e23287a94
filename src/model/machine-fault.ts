import { UserError } from './user-error.ts';

const remedies: Readonly<Record<string, string>> = {
  ENOSPC: 'Free some space there, and start it again.',
  EDQUOT: 'Free some space there, and start it again.',
  EFBIG: 'Raise the limit of the size of files ("ulimit -f"), and start it again.',
  EROFS: 'Choose a place that can be written to.',
  EACCES: 'Check who may write there.',
  EPERM: 'Check who may write there.',
  ENOTDIR: 'Choose a path whose folders are folders.',
  EEXIST: 'Choose a path whose folders are folders, and which nothing else is being written to.',
  EISDIR: 'Choose the path of a file, and not of a folder.',
  EMFILE: 'Raise the limit of open files ("ulimit -n"), and start it again.',
  ENFILE: 'Close programs that hold many files open, and start it again.',
  EAGAIN: 'Raise the limit of processes ("ulimit -u"), and start it again.',
  ENOMEM: 'Free some memory, and start it again.',
  EIO: 'Check the disk.',
};

/**
 * What a fault of the machine means for whoever started the program; null for any other error, which is ours.
 *
 * @param what what could not be done, the beginning of a sentence: "results.json cannot be written"
 */
export function machineFault(error: unknown, what: string): UserError | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  const remedy = Object.hasOwn(remedies, error.code) ? remedies[error.code] : undefined;
  return remedy === undefined ? null : new UserError(`${what}: ${error.message}.`, remedy);
}
