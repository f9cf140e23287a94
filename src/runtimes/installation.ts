import type { ChildOutcome } from './child-process.ts';
import { type InstallFailure, installFailure, sayNoNetwork } from './install-failure.ts';
import type { Installer } from './installer.ts';
import type { Interpreter } from './interpreter.ts';

/** Requirements to bring into an environment. */
export interface InstallationOptions {
  readonly installer: Installer;
  readonly interpreter: Interpreter;
  /** Absolute path of the environment. */
  readonly folder: string;
  /** Requirements that are in it already; nothing may break them. */
  readonly accepted: readonly string[];
  /** Requirements to add; where two contradict each other, the earlier one wins. */
  readonly open: readonly string[];
  /** Whether the newest versions of the accepted ones are wanted, too. */
  readonly upgrade: boolean;
}

/** What became of it. */
export interface Installation {
  /** Open requirements that are not in it, and why. */
  readonly failures: ReadonlyMap<string, InstallFailure>;
  /** Why the newest versions could not be had; the accepted requirements are then met as before. Undefined otherwise. */
  readonly upgradeFailure: InstallFailure | undefined;
}

/**
 * All at once, which is quickest. When that fails, one by one, so that one missing wheel does not cost the others; each
 * time together with everything accepted before, because an installer that is asked for one package alone overwrites
 * what another one needs without a word.
 */
export async function installRequirements(options: InstallationOptions): Promise<Installation> {
  const { accepted, open, upgrade } = options;
  if (open.length === 0 && !upgrade) return { failures: new Map(), upgradeFailure: undefined };
  const together = await attempt(options, [...accepted, ...open], upgrade);
  if (together.ok) return { failures: new Map(), upgradeFailure: upgrade ? upgradeFailure(together) : undefined };
  const refreshed = upgrade ? await upgradeAccepted(options, together) : undefined;
  return { failures: await oneByOne(options, together), upgradeFailure: refreshed && upgradeFailure(refreshed) };
}

function attempt(options: InstallationOptions, requirements: readonly string[], upgrade: boolean): Promise<ChildOutcome> {
  const { installer, interpreter, folder } = options;
  return installer.install({ interpreter, folder, requirements, upgrade });
}

async function upgradeAccepted(options: InstallationOptions, together: ChildOutcome): Promise<ChildOutcome | undefined> {
  if (options.accepted.length === 0) return undefined;
  return options.open.length === 0 ? together : attempt(options, options.accepted, true);
}

async function oneByOne(options: InstallationOptions, together: ChildOutcome): Promise<ReadonlyMap<string, InstallFailure>> {
  const failures = new Map<string, InstallFailure>();
  const accepted = [...options.accepted];
  for (const item of options.open) {
    const sameAsTogether = options.open.length === 1 && !options.upgrade;
    const outcome = sameAsTogether ? together : await attempt(options, [...accepted, item], false);
    if (outcome.ok) accepted.push(item);
    else failures.set(item, installFailure(outcome));
  }
  return failures;
}

/** pip calls it a success when it cannot reach an index and what is installed would do. */
function upgradeFailure(outcome: ChildOutcome): InstallFailure | undefined {
  if (!outcome.ok) return installFailure(outcome);
  return sayNoNetwork(outcome.stderr) ? { cause: 'network', complaint: 'the package index was not reached' } : undefined;
}
