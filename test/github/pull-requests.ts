import { found } from './answer.ts';

/** Something that happened to a pull request. */
export type PullRequestEvent =
  | { readonly kind: 'labeled' | 'unlabeled'; readonly id: number; readonly login: string; readonly label: string; readonly time: Date }
  | { readonly kind: 'committed'; readonly sha: string; readonly time: Date }
  | { readonly kind: 'merged' | 'closed'; readonly id: number; readonly login: string; readonly time: Date };

/** One pull request. Everything about its commits is as of its last push. */
export interface PullRequest {
  readonly id: number;
  readonly number: number;
  readonly title: string;
  readonly login: string;
  readonly draft: boolean;
  readonly base: { readonly branch: string; readonly sha: string };
  readonly head: { readonly owner: string; readonly branch: string; readonly sha: string };
  readonly state: 'open' | 'closed';
  /** Whether only maintainers may comment. */
  readonly locked: boolean;
  readonly created: Date;
  readonly updated: Date;
  readonly merged: Date | null;
  /** The test merge while it is open, what it became when merged; null when it conflicts. */
  readonly mergeCommit: string | null;
  readonly events: readonly PullRequestEvent[];
}

/** The labels that are on it, in the order they were put there. */
export function labelsOf({ events }: PullRequest): readonly string[] {
  const labels = new Set<string>();
  for (const event of events) {
    if (event.kind === 'labeled') labels.add(event.label);
    if (event.kind === 'unlabeled') labels.delete(event.label);
  }
  return [...labels];
}

/** All pull requests by number. */
export class PullRequests {
  readonly #byNumber = new Map<number, PullRequest>();

  set(pullRequest: PullRequest): void {
    this.#byNumber.set(pullRequest.number, pullRequest);
  }

  /** Changes what is said of one. @throws Refusal when there is none of that number */
  change(number: number, change: Partial<PullRequest>): PullRequest {
    const changed = { ...this.get(number), ...change };
    this.set(changed);
    return changed;
  }

  /** @throws Refusal when there is none of that number */
  get(number: number): PullRequest {
    return found(this.#byNumber.get(number));
  }

  /** The youngest first, as GitHub lists them. */
  get all(): readonly PullRequest[] {
    return [...this.#byNumber.values()].toSorted((one, other) => other.number - one.number);
  }
}
