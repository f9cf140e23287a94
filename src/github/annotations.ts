import { type AnnotationProperties, error, notice, warning } from '@actions/core';

/** What the step says at a file of the repository. */
export interface StepAnnotation {
  /** Relative to the root of the repository. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly level: 'failure' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
}

type Level = StepAnnotation['level'];

/** A runner keeps ten of each level for a step, and drops the rest without a word. */
const mostPerLevel = 10;

/** A runner cuts what is longer. */
const longestMessage = 4096;

const raise: Readonly<Record<Level, (message: string, properties: AnnotationProperties) => void>> = { failure: error, warning, notice };

/**
 * Raises annotations by workflow commands, within what a runner shows of one step; where some do not fit, the last place
 * says how many. The runner's own escaping keeps each text one message.
 *
 * @param taken how many of each level the step raises besides
 */
export function annotateStep(annotations: readonly StepAnnotation[], taken: Readonly<Partial<Record<Level, number>>> = {}): void {
  for (const [level, all] of Map.groupBy(annotations, (annotation) => annotation.level)) {
    const room = Math.max(0, mostPerLevel - (taken[level] ?? 0));
    const shown = all.length <= room ? all : all.slice(0, Math.max(0, room - 1));
    for (const { path, line, title, message } of shown) raise[level](cutMessage(message), { file: path, startLine: line, title });
    if (shown.length < all.length && room > 0) raise[level](`${all.length - shown.length} more are in the job summary.`, {});
  }
}

function cutMessage(message: string): string {
  return message.length <= longestMessage
    ? message
    : `${message
        .slice(0, longestMessage - 1)
        .toWellFormed()
        .replace(/\uFFFD$/, '')}…`;
}
