import type { z } from 'zod';
import { UserError } from '../model/user-error.ts';

/**
 * What an answer holds: nothing that an API says is believed by its declared type.
 *
 * @param about what was asked about: "a commit"
 * @throws UserError when the answer is something else
 */
export function checkedAnswer<Schema extends z.ZodType>(schema: Schema, data: unknown, about: string): z.output<Schema> {
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const fault = issue === undefined ? 'unknown fault' : `${issue.path.join('.') || 'all of it'}: ${issue.message}`;
  throw new UserError(
    `GitHub's answer about ${about} is not what its description says (${fault.slice(0, 300)}).`,
    'Check "GITHUB_API_URL", and whether a proxy stands between.',
  );
}
