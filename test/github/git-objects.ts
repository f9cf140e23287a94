import { createHash } from 'node:crypto';

export type ObjectType = 'blob' | 'tree' | 'commit' | 'tag';

/** One object as git stores it, without its header. */
export interface GitObject {
  readonly type: ObjectType;
  readonly content: Buffer;
}

/** One line of a tree. */
export interface TreeEntry {
  /** Octal as GitHub writes it: 100644, 100755, 040000, 160000 or 120000. */
  readonly mode: string;
  readonly name: string;
  /** 40 hex digits. */
  readonly sha: string;
}

export interface Signature {
  readonly name: string;
  readonly email: string;
  readonly date: Date;
}

export interface Commit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}

/** The objects of one repository and its forks, under the names that git itself gives them. */
export class GitObjects {
  readonly #objects = new Map<string, GitObject>();

  /** Stores an object and returns its name, 40 hex digits. */
  add(type: ObjectType, content: Buffer): string {
    const sha = createHash('sha1').update(`${type} ${content.length}\0`).update(content).digest('hex');
    this.#objects.set(sha, { type, content });
    return sha;
  }

  addTree(entries: readonly TreeEntry[]): string {
    const ordered = entries.toSorted((one, other) => Buffer.compare(orderKey(one), orderKey(other)));
    return this.add('tree', Buffer.concat(ordered.flatMap(encodeEntry)));
  }

  addCommit(commit: Commit): string {
    return this.add('commit', Buffer.from(encodeCommit(commit)));
  }

  type(sha: string): ObjectType | null {
    return this.#objects.get(sha)?.type ?? null;
  }

  blob(sha: string): Buffer | null {
    return this.#content(sha, 'blob');
  }

  /** The entries of a tree, or of the tree of a commit. */
  tree(sha: string): readonly TreeEntry[] | null {
    const content = this.#content(this.commit(sha)?.tree ?? sha, 'tree');
    return content === null ? null : decodeTree(content);
  }

  commit(sha: string): Commit | null {
    const content = this.#content(sha, 'commit');
    return content === null ? null : decodeCommit(content.toString());
  }

  /** The full name of the one commit whose name begins so; null when there is none, or more than one. */
  commitBeginning(prefix: string): string | null {
    const found = [...this.#objects].filter(([sha, { type }]) => type === 'commit' && sha.startsWith(prefix));
    return found.length === 1 ? (found[0]?.[0] ?? null) : null;
  }

  /** Every object by its name. */
  get all(): ReadonlyMap<string, GitObject> {
    return this.#objects;
  }

  /** What every file and commit says, as text. */
  texts(): readonly string[] {
    return [...this.#objects.values()].filter(({ type }) => type !== 'tree').map(({ content }) => content.toString());
  }

  #content(sha: string, type: ObjectType): Buffer | null {
    const object = this.#objects.get(sha);
    return object?.type === type ? object.content : null;
  }
}

/** Git orders the entries of a tree by their bytes, a folder as if its name ended in a slash. */
function orderKey({ mode, name }: TreeEntry): Buffer {
  return Buffer.from(mode === '040000' ? `${name}/` : name);
}

function encodeEntry({ mode, name, sha }: TreeEntry): readonly Buffer[] {
  return [Buffer.from(`${mode.replace(/^0/, '')} ${name}\0`), Buffer.from(sha, 'hex')];
}

function decodeTree(content: Buffer): readonly TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < content.length; ) {
    const end = content.indexOf(0, at);
    const [mode = '', ...name] = content.toString('utf8', at, end).split(' ');
    entries.push({ mode: mode.padStart(6, '0'), name: name.join(' '), sha: content.toString('hex', end + 1, end + 21) });
    at = end + 21;
  }
  return entries;
}

function encodeCommit({ tree, parents, author, committer, message }: Commit): string {
  const lines = [`tree ${tree}`, ...parents.map((parent) => `parent ${parent}`)];
  return [...lines, `author ${encodeSignature(author)}`, `committer ${encodeSignature(committer)}`, '', message].join('\n');
}

function encodeSignature({ name, email, date }: Signature): string {
  return `${name} <${email}> ${Math.floor(date.getTime() / 1000)} +0000`;
}

function decodeCommit(text: string): Commit {
  const [head = '', ...message] = text.split('\n\n');
  const values = (key: string) => [...head.matchAll(new RegExp(`^${key} (.*)$`, 'gm'))].map(([, value = '']) => value);
  return {
    tree: values('tree')[0] ?? '',
    parents: values('parent'),
    author: decodeSignature(values('author')[0]),
    committer: decodeSignature(values('committer')[0]),
    message: message.join('\n\n'),
  };
}

function decodeSignature(text = ''): Signature {
  const [, name = '', email = '', seconds = '0'] = /^(.*) <(.*)> (\d+)/.exec(text) ?? [];
  return { name, email, date: new Date(Number(seconds) * 1000) };
}
