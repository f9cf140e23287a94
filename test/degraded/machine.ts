import { execFileSync, spawnSync } from 'node:child_process';

/** What a machine lacks, and how it is made to. */
export interface Lack {
  /** Kinds of namespaces of its own that the program is started in. */
  readonly namespaces: readonly ('mount' | 'network')[];
  /** Lines of a shell that run in them before the program; `$PROJECT` and `$TEMPORARY` are its folders. */
  readonly prepare: readonly string[];
  /** What the program is started through: limits and affinity. */
  readonly through: readonly string[];
}

/** A way to a namespace of one's own. */
interface Mechanism {
  readonly name: string;
  readonly command: readonly string[];
}

const mechanisms: readonly Mechanism[] = [
  { name: 'unshare', command: ['unshare'] },
  { name: 'unshare in a user namespace', command: ['unshare', '--map-root-user'] },
  { name: 'unshare by sudo', command: ['sudo', '-n', '-E', 'unshare'] },
];

/** The first way that this machine allows, or null. */
function mechanismAtHand(): Mechanism | null {
  const works = ({ command: [program = '', ...rest] }: Mechanism) =>
    spawnSync(program, [...rest, '--mount', '--net', 'true'], { stdio: 'ignore' }).status === 0;
  return mechanisms.find(works) ?? null;
}

const mechanism = mechanismAtHand();

/** By which means a lack is made here; null where this machine allows none. */
export function meansOf({ namespaces, through }: Lack): string | null {
  if (namespaces.length > 0) return mechanism?.name ?? null;
  return through[0] ?? 'the environment';
}

/** The command that starts a program on a machine that lacks something, as the user who runs the tests. */
export function commandOn(lack: Lack, program: readonly string[]): readonly string[] {
  const started = [...lack.through, ...program];
  if (lack.namespaces.length === 0) return started;
  if (mechanism === null) throw new Error('this machine lets nobody have a namespace');
  const kinds = lack.namespaces.map((kind) => (kind === 'mount' ? '--mount' : '--net'));
  // Mounting takes root; what is measured is measured as whoever runs the tests.
  const dropped = mechanism.name.includes('sudo') ? ['setpriv', ...identity(), '--clear-groups'] : [];
  const script = [...lack.prepare.map((line) => `${line} || exit 99`), 'exec "$@"'].join('\n');
  return [...mechanism.command, ...kinds, '--', 'sh', '-c', script, 'sh', ...dropped, ...started];
}

function identity(): readonly string[] {
  const of = (flag: string) => execFileSync('id', [flag], { encoding: 'utf8' }).trim();
  return ['--reuid', of('-u'), '--regid', of('-g')];
}
