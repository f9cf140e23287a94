import { randomUUID } from 'node:crypto';
import { info } from '@actions/core';

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
