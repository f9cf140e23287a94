import { z } from 'zod';
import { isAllowedLicense } from './license-policy.ts';

const lockedPackage = z.looseObject({
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  link: z.boolean().optional(),
  license: z.unknown().optional(),
  hasInstallScript: z.boolean().optional(),
});

const lockfile = z.looseObject({ lockfileVersion: z.number(), packages: z.record(z.string(), lockedPackage) });

const manifest = z.looseObject({
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
  allowScripts: z.record(z.string(), z.boolean()).default({}),
});

type LockedPackage = z.infer<typeof lockedPackage>;
type Manifest = z.infer<typeof manifest>;

/** What a lockfile and the manifest that it belongs to were found to hold. */
export interface LockfileReview {
  /** Packages, this one not counted. */
  readonly packages: number;
  /** How many packages state a licence, by what they state. */
  readonly licenses: ReadonlyMap<string, number>;
  /** What is wrong, each as a sentence; empty when nothing is. */
  readonly faults: readonly string[];
}

/**
 * Reviews the texts of package-lock.json and package.json: every package comes from the registry and is held by its digest,
 * none is linked or fetched from elsewhere, no other may run a script when it is installed, and each licence is allowed.
 */
export function reviewLockfile(lockText: string, manifestText: string): LockfileReview {
  const { lockfileVersion, packages } = lockfile.parse(JSON.parse(lockText));
  const root = manifest.parse(JSON.parse(manifestText));
  const locked = Object.entries(packages).filter(([path]) => path !== '');
  const licenses = Map.groupBy(locked, ([, { license }]) => String(license ?? 'not stated'));
  return {
    packages: locked.length,
    licenses: new Map([...licenses].map(([license, of]) => [license, of.length])),
    faults: [
      ...(lockfileVersion === 3 ? [] : [`the lockfile has version ${lockfileVersion}, not 3`]),
      ...Object.entries({ ...root.dependencies, ...root.devDependencies }).flatMap(([name, range]) => directFaults(name, range, packages)),
      ...locked.flatMap(([path, entry]) => packageFaults(path, entry, root).map((fault) => `${path} ${fault}`)),
    ],
  };
}

function directFaults(name: string, range: string, packages: Readonly<Record<string, LockedPackage>>): readonly string[] {
  if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(range)) return [`${name} is asked for as "${range}", which is no exact version`];
  const locked = packages[`node_modules/${name}`]?.version;
  return locked === range ? [] : [`${name} is asked for as ${range} and locked as ${locked ?? 'nothing'}`];
}

function packageFaults(path: string, { link, resolved, integrity, license, hasInstallScript }: LockedPackage, root: Manifest) {
  const name = path.split('node_modules/').at(-1) ?? path;
  const faults: readonly (readonly [boolean, string])[] = [
    [link === true || !path.startsWith('node_modules/'), 'is a folder of this machine'],
    // npm leaves out what the registry gives (.npmrc), so that whoever installs asks their own; what is left comes from elsewhere.
    [resolved !== undefined, `comes from ${resolved}, not from the registry`],
    [!/^sha512-[\w+/]{86}==$/.test(integrity ?? ''), 'is held by no SHA-512 digest'],
    [
      hasInstallScript === true && root.allowScripts[name] !== true,
      'runs a script when it is installed, and "allowScripts" does not name it',
    ],
    [!isAllowedLicense(license, 'tool'), `has the licence ${String(license ?? 'not stated')}, which is not allowed`],
  ];
  return faults.flatMap(([holds, sentence]) => (holds ? [sentence] : []));
}
