import { randomUUID } from 'node:crypto';
import { info, warning } from '@actions/core';

/**
 * Prints text that may hold anything: workflow commands are switched off around it, so that what a workload printed
 * cannot set outputs, mask words or raise annotations.
 */
export function logUntrusted(text: string): void {
  const token = randomUUID();
  info(`::stop-commands::${token}`);
  info(text);
  info(`::${token}::`);
}

/** Raises an annotation of the step; the runner's own escaping keeps the text one message. */
export function warnInLog(text: string): void {
  warning(text);
}
