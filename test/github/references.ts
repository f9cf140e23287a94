import { Refusal } from './answer.ts';
import type { GitObjects } from './git-objects.ts';
import { isAncestor } from './history.ts';

/** The branches, tags and pull-request heads of one repository, by full name: "refs/heads/main". */
export class References {
  /** How many reads after a write still see what was there before, as GitHub's replicas sometimes answer. */
  lag = 0;
  readonly #objects: GitObjects;
  readonly #values = new Map<string, string>();
  readonly #stale = new Map<string, { readonly value: string | null; reads: number }>();

  constructor(objects: GitObjects) {
    this.#objects = objects;
  }

  get empty(): boolean {
    return this.#values.size === 0;
  }

  /** Where a reference points as the API tells it, or null. */
  read(name: string): string | null {
    const stale = this.#stale.get(name);
    if (stale === undefined || stale.reads === 0) return this.current(name);
    stale.reads -= 1;
    return stale.value;
  }

  /** Where a reference points, whatever reads are told. */
  current(name: string): string | null {
    return this.#values.get(name) ?? null;
  }

  /** Names and targets of the references whose name begins so, by name. */
  beginning(prefix: string): readonly (readonly [name: string, sha: string])[] {
    return [...this.#values].filter(([name]) => name.startsWith(prefix)).toSorted(([one], [other]) => (one < other ? -1 : 1));
  }

  /** Moves a reference, or makes it, without a question. */
  set(name: string, sha: string): void {
    this.#stale.set(name, { value: this.current(name), reads: this.lag });
    this.#values.set(name, sha);
  }

  /** @throws Refusal when it exists, has no proper name or would point nowhere */
  create(name: string, sha: string): void {
    if (!/^refs\/[^/]+\/.+$/.test(name)) throw new Refusal(422, 'Reference name must start with "refs/" and have at least two slashes');
    if (this.#values.has(name)) throw new Refusal(422, 'Reference already exists');
    this.#mustExist(sha);
    this.set(name, sha);
  }

  /** @throws Refusal when it does not exist, or when `force` is false and the new commit does not descend from the old one */
  update(name: string, sha: string, force: boolean): void {
    const old = this.current(name);
    if (old === null) throw new Refusal(422, 'Reference does not exist');
    this.#mustExist(sha);
    if (!force && !isAncestor(this.#objects, old, sha)) throw new Refusal(422, 'Update is not a fast forward');
    this.set(name, sha);
  }

  delete(name: string): void {
    if (!this.#values.has(name)) throw new Refusal(422, 'Reference does not exist');
    this.#stale.set(name, { value: this.current(name), reads: this.lag });
    this.#values.delete(name);
  }

  /**
   * The commit that a branch, tag, reference or (beginning of a) commit name stands for, or null; `owner:branch` is a branch
   * of a fork.
   */
  resolve(name: string): string | null {
    if (/^[0-9a-f]{40}$/.test(name)) return this.#objects.type(name) === 'commit' ? name : null;
    const full = name.includes(':') ? `refs/forks/${name.replace(':', '/')}` : name;
    const candidates = [full, `refs/${full}`, `refs/tags/${full}`, `refs/heads/${full}`];
    const named = candidates.map((candidate) => this.current(candidate)).find((sha) => sha !== null);
    return named ?? (/^[0-9a-f]{7,39}$/.test(name) ? this.#objects.commitBeginning(name) : null);
  }

  #mustExist(sha: string): void {
    if (this.#objects.type(sha) === null) throw new Refusal(422, 'Object does not exist');
  }
}
