import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { runChild } from './child-process.ts';
import type { ProvisionedRuntime } from './provision.ts';

const TIMEOUT = 120;

/**
 * Puts pip into an environment that has none, because uv made it: from the interpreter itself, which needs no network, and
 * else by uv. Where neither can, `pip` finds no environment and says so; a command that uses uv needs none.
 *
 * @param how.env the environment that the project is installed with
 */
export async function providePip(
  { folder, executable }: ProvisionedRuntime,
  { env, signal }: { readonly env: Readonly<Record<string, string>>; readonly signal?: AbortSignal | undefined },
): Promise<void> {
  const there = await access(join(folder, 'bin', 'pip')).then(
    () => true,
    () => false,
  );
  if (there) return;
  const options = { env, timeout: TIMEOUT, signal };
  const bundled = await runChild(executable, ['-I', '-m', 'ensurepip', '--default-pip'], options);
  if (!bundled.ok) await runChild('uv', ['pip', 'install', '--quiet', '--python', executable, 'pip'], options);
}
