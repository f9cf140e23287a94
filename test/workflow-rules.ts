import { parse } from 'yaml';
import { z } from 'zod';

const step = z.looseObject({
  if: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).default({}),
});

const job = z.looseObject({
  name: z.string(),
  if: z.string().optional(),
  needs: z.union([z.string(), z.array(z.string())]).optional(),
  permissions: z.record(z.string(), z.string()),
  'timeout-minutes': z.int().positive(),
  strategy: z.looseObject({ matrix: z.unknown() }).optional(),
  steps: z.array(step),
});

/** A job of a workflow; one without a name, permissions or a time limit of its own is none. */
export type Job = z.infer<typeof job>;

/** The jobs of a workflow by id. */
export function jobsById(workflow: string): Readonly<Record<string, Job>> {
  return z.looseObject({ jobs: z.record(z.string(), job) }).parse(parse(workflow)).jobs;
}

/** A comment that silences a rule of zizmor. */
export interface SilencedRule {
  readonly rule: string;
  /** Counted from 1. */
  readonly line: number;
  /** What the comment says besides; empty when nothing. */
  readonly reason: string;
}

/** Every rule that a comment silences, in order. */
export function silencedRules(text: string): readonly SilencedRule[] {
  return text.split('\n').flatMap((line, index) => {
    const [, rules = '', reason = ''] = /# zizmor: ignore\[([^\]]*)\](.*)/.exec(line) ?? [];
    return rules.split(',').flatMap((rule) => (rule.trim() === '' ? [] : [{ rule: rule.trim(), line: index + 1, reason: reason.trim() }]));
  });
}

/** Those without a reason in words: at least two of them. */
export function silencedWithoutReason(text: string): readonly SilencedRule[] {
  return silencedRules(text).filter(({ reason }) => !/\w+ \w+/.test(reason));
}

/** The permissions that jobs are given without a comment that says what for, as they are written. */
export function unexplainedPermissions(text: string): readonly string[] {
  const given = text.split('\n').filter((line) => /^ {6}[\w-]+: (read|write)\b/.test(line));
  return given.filter((line) => !/# \w+ \w+/.test(line)).map((line) => line.trim());
}
