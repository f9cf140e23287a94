import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Interpreter, interpretersAtHand } from '../../test/python-environments.ts';

/** The newest interpreters at hand that can stand in a tool cache as they are, at most `count`, the older one first. */
export function pythonsForToolCache(count: number): readonly Interpreter[] {
  const installations = interpretersAtHand().filter(
    ({ minor, freeThreaded, executable }) => minor >= 9 && !freeThreaded && existsSync(join(installation(executable), 'bin', 'python')),
  );
  const newest = new Map(installations.map((interpreter) => [interpreter.minor, interpreter]));
  return [...newest.values()].slice(-count);
}

/**
 * Puts interpreters into a folder as a runner's tool cache has them, so that setup-python finds them and downloads nothing.
 * The executables are copies, because Python takes the folder of its own for its installation; the rest is linked.
 */
export function fillToolCache(folder: string, interpreters: readonly Interpreter[]): void {
  for (const { label, executable } of interpreters) {
    const [from, place] = [installation(executable), join(folder, 'Python', label, process.arch)];
    mkdirSync(place, { recursive: true });
    for (const part of readdirSync(from)) {
      if (part === 'bin') cpSync(join(from, part), join(place, part), { recursive: true, verbatimSymlinks: true });
      else symlinkSync(join(from, part), join(place, part));
    }
    writeFileSync(`${place}.complete`, '');
  }
}

function installation(executable: string): string {
  return dirname(dirname(executable));
}
