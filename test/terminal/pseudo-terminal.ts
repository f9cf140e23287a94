import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';

/** What is done once a regular expression of Python is found in what was printed since the last step. */
export type Step = { readonly when: string } & ({ readonly send: string } | { readonly columns: number });

/** A command in a pseudo terminal. */
export interface TerminalSession {
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly columns: number;
  readonly steps?: readonly Step[];
  /** Seconds after which it is killed. */
  readonly seconds?: number;
}

const outcome = z.strictObject({ printed: z.string(), status: z.int(), left: z.int() });

/** Runs a command in a pseudo terminal of Python's standard library, and gives back what it printed and how it ended. */
export async function inTerminal({ cwd, env, steps = [], ...session }: TerminalSession): Promise<z.output<typeof outcome>> {
  const script = join(import.meta.dirname, 'pseudo_terminal.py');
  const child = spawn('python3', [script, JSON.stringify({ ...session, steps })], { cwd, env: { ...env } });
  let text = '';
  let complaint = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    complaint += chunk;
  });
  await new Promise((resolve) => child.on('close', resolve));
  if (complaint !== '') throw new Error(complaint);
  return outcome.parse(JSON.parse(text));
}
