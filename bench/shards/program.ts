import { spawn } from 'node:child_process';
import { join } from 'node:path';

const program = join(import.meta.dirname, '..', '..', 'dist', 'cli.mjs');

/** Runs the bundled program in a folder. Throws with what it printed when it ends with another code than expected. */
export function runProgram(cwd: string, args: readonly string[], codes: readonly number[] = [0]): Promise<{ readonly stdout: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code !== null && codes.includes(code)) resolve({ stdout });
      else reject(new Error(`${args[0]} ended with ${code}:\n${stderr.slice(-2000)}\n${stdout.slice(-2000)}`));
    });
  });
}
