import { execa } from 'execa';

/** How a git command ended. */
export type GitOutcome =
  | { readonly ok: true; readonly stdout: string }
  /** `code` is null when git did not start or was ended; `complaint` is the end of a sentence, one line, without a full stop. */
  | { readonly ok: false; readonly code: number | null; readonly complaint: string };

/** Runs git in one folder. Faults are values; only an abort throws, with the signal's reason, after git has ended. */
export type Git = (args: readonly string[], timeoutSeconds?: number) => Promise<GitOutcome>;

/** Seconds for commands that read what is there. */
const READ_TIMEOUT = 30;
/** Seconds for commands that move whole trees, over a network or on a disk. */
export const TREE_TIMEOUT = 600;

/** Longest complaint, in characters. */
const MAX_COMPLAINT = 300;

/**
 * Hooks and the file watcher are programs of the checkout's owner that nobody asked for here, and housekeeping in the
 * background would run while something is measured.
 */
const SETTINGS = ['core.hooksPath=/dev/null', 'core.fsmonitor=false', 'gc.auto=0', 'maintenance.auto=false', 'advice.detachedHead=false'];

/** Where git looks for a repository, when it is called by a hook of another one; here the folder alone says it. */
const LOCATIONS = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_COMMON_DIR', 'GIT_OBJECT_DIRECTORY', 'GIT_NAMESPACE', 'GIT_PREFIX'];

/**
 * Git with arguments that were checked, in a process group of its own, so that no question can reach a terminal. It
 * inherits the rest of the environment: HOME, proxies and credential helpers are how it reaches its remote.
 */
export function gitIn(folder: string, signal?: AbortSignal): Git {
  return async (args, timeoutSeconds = READ_TIMEOUT) => {
    signal?.throwIfAborted();
    const result = await execa('git', ['--no-pager', ...SETTINGS.flatMap((setting) => ['-c', setting]), '-C', folder, ...args], {
      env: environment,
      stdin: 'ignore',
      reject: false,
      timeout: timeoutSeconds * 1000,
      // Git takes its locks away when it is asked to end; what it started ends with it.
      killDescendants: true,
      ...(signal === undefined ? {} : { cancelSignal: signal }),
    });
    signal?.throwIfAborted();
    if (!result.failed) return { ok: true, stdout: result.stdout };
    const code = result.exitCode ?? null;
    return { ok: false, code, complaint: result.timedOut ? `did not end within ${timeoutSeconds} s` : complaint(result) };
  };
}

const environment: Readonly<Record<string, string | undefined>> = {
  ...Object.fromEntries(LOCATIONS.map((name) => [name, undefined])),
  // Complaints are told apart by their words.
  LC_ALL: 'C',
  GIT_TERMINAL_PROMPT: '0',
  // Files that are kept elsewhere may need credentials and minutes; the pointers tell that they are missing.
  GIT_LFS_SKIP_SMUDGE: '1',
};

interface Failed {
  readonly stderr: string;
  readonly code?: string | undefined;
  readonly exitCode?: number | undefined;
  readonly signal?: string | undefined;
}

function complaint({ stderr, code, exitCode, signal }: Failed): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '' && !/^(?:warning|hint): /.test(line));
  // The first fatal line names the cause, and what follows are consequences; but of ssh this is all that git says.
  const said = lines.find((line) => /^(?:fatal|error): (?!Could not read from remote)/.test(line)) ?? lines[0];
  if (said !== undefined) return printable(said.replace(/^(?:fatal|error): /, ''));
  if (exitCode === undefined) return signal === undefined ? `could not be started (${code ?? 'unknown error'})` : `was ended by ${signal}`;
  return `ended with exit code ${exitCode}`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: removing control characters is the purpose
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;
const URL_CREDENTIALS = /(:\/\/)[^/@\s]+@/g;

/** One line without control characters and without credentials in URLs. */
function printable(text: string): string {
  return text.replace(CONTROL, ' ').replace(URL_CREDENTIALS, '$1***@').trim().replace(/\.$/, '').slice(0, MAX_COMPLAINT);
}

/** Whether this is a commit id, 40 hex digits. */
export function isCommit(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text);
}

/**
 * Whether git could take this for the name of a branch, tag or remote branch, or for a commit id: the rules of
 * `git check-ref-format`. No option of a command fits them, nor anything that selects other commits.
 */
export function isRefName(text: string): boolean {
  if (text.length > 250 || text === '@' || /^[-/]|[/.]$/.test(text)) return false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing control characters is the purpose
  if (/[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{|\/\//.test(text)) return false;
  return text.split('/').every((part) => part !== '' && !part.startsWith('.') && !part.endsWith('.lock'));
}

/** The steps back from a name: "HEAD~1", "v1.2^", "main~3^2". */
const ancestry = /(?:[~^]\d{0,4}){1,9}$/;

/** Whether git could take this for a name as above, or for so many steps back from one. */
export function isRevision(text: string): boolean {
  return isRefName(text.replace(ancestry, ''));
}
