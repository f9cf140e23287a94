import { z } from 'zod';

const message = 'is not a branch, tag or commit; write for example main, v1.2, HEAD~1 or 40 hex digits, in quotes if it is a number';

/** A revision for git: text that cannot be taken for an option of git and holds no whitespace or control character. */
export const baseRef = z
  .string(message)
  .max(250, message)
  .regex(/^[^-\s\p{Cc}][^\s\p{Cc}]*$/u, message);
