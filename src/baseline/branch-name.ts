import { UserError } from '../model/user-error.ts';

/** What makes a name no branch, by `git check-ref-format --branch`; GitHub adds the last one. */
const faults: readonly (readonly [RegExp, string])[] = [
  [/^$/, 'is empty'],
  [/[\p{Cc} ~^:?*[\\]/u, 'holds a space, a control character or one of ~^:?*[\\'],
  [/^-/, 'begins with a dash'],
  [/(^|\/)\./, 'has a part that begins with a dot'],
  [/\.lock(\/|$)/, 'has a part that ends in .lock'],
  [/\.\.|@\{/, 'holds ".." or "@{"'],
  [/^\/|\/\/|\/$/, 'has an empty part'],
  [/\.$/, 'ends in a dot'],
  [/^@$|^HEAD$/, 'stands for something else'],
  [/^[0-9a-f]{40}$/, 'looks like a commit'],
];

/** Longest name, UTF-8 bytes: a branch is a file in a repository, and its lock needs some more. */
const longestBytes = 200;

/** Refuses a name that git or GitHub would not take for a branch. Throws UserError. */
export function checkBranchName(name: string): void {
  const fault = faults.find(([pattern]) => pattern.test(name))?.[1] ?? lengthFault(name);
  if (fault === null) return;
  throw new UserError(
    `"baseline-branch" is ${JSON.stringify(name)}, which is no name of a branch: it ${fault}.`,
    'Name it like concurrency-baselines; nothing was changed.',
  );
}

function lengthFault(name: string): string | null {
  return Buffer.byteLength(name, 'utf8') > longestBytes ? `has more than ${longestBytes} bytes` : null;
}
