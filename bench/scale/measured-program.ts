import { spawn } from 'node:child_process';
import { join } from 'node:path';

const dist = join(import.meta.dirname, '..', '..', 'dist');

/** What one start of a bundled program took. */
export interface ProgramCost {
  /** Wall seconds from start to end. */
  readonly seconds: number;
  /** Wall seconds from start to the first character that it printed. */
  readonly firstLineSeconds: number;
  /** Largest resident memory in bytes. */
  readonly peakBytes: number;
}

const mark = 'peak kilobytes: ';
const hook = `process.on('exit', () => process.stderr.write('\\n${mark}' + process.resourceUsage().maxRSS + '\\n'));`;

/** Starts a bundled program and measures it from outside. Throws when it ends with a code that is not expected. */
export function measuredProgram(
  file: 'cli.mjs' | 'action.mjs',
  args: readonly string[],
  { cwd, codes, env = process.env }: { readonly cwd: string; readonly codes: readonly number[]; readonly env?: NodeJS.ProcessEnv },
): Promise<ProgramCost> {
  const began = performance.now();
  const elapsed = () => (performance.now() - began) / 1000;
  return new Promise((resolve, reject) => {
    const flags = ['--import', `data:text/javascript,${encodeURIComponent(hook)}`];
    const child = spawn(process.execPath, [...flags, join(dist, file), ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let firstLineSeconds: number | undefined;
    let stderr = '';
    child.stdout.on('data', () => {
      firstLineSeconds ??= elapsed();
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      firstLineSeconds ??= elapsed();
      stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      const peak = Number(stderr.slice(stderr.lastIndexOf(mark) + mark.length));
      if (code === null || !codes.includes(code)) reject(new Error(`${file} ${args[0]} ended with ${code}: ${stderr.slice(-2000)}`));
      else resolve({ seconds: elapsed(), firstLineSeconds: firstLineSeconds ?? elapsed(), peakBytes: peak * 1024 });
    });
  });
}
