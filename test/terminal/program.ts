import { join } from 'node:path';

/** The program as it is shipped. */
export const cli = join(import.meta.dirname, '..', '..', 'dist', 'cli.mjs');

/** This process's variables without those that decide about colours. */
export const variables: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(process.env).flatMap(([name, value]) => (value === undefined || /COLOR|^TERM$|^CI$/.test(name) ? [] : [[name, value]])),
);
