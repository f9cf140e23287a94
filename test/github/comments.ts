import { found, Refusal } from './answer.ts';

/** One comment of a pull request. */
export interface Comment {
  readonly id: number;
  /** Number of the pull request. */
  readonly issue: number;
  readonly login: string;
  readonly body: string;
  readonly created: Date;
  readonly updated: Date;
}

/** Longest body, characters. */
const longestBody = 65_536;

/** The comments of all pull requests. */
export class Comments {
  readonly #comments = new Map<number, Comment>();

  /** @throws Refusal for an empty or an overlong body */
  add(comment: Omit<Comment, 'updated'>): Comment {
    checkBody(comment.body);
    const added = { ...comment, updated: comment.created };
    this.#comments.set(added.id, added);
    return added;
  }

  /** @throws Refusal when it is not there, or for an empty or an overlong body */
  change(id: number, body: string, updated: Date): Comment {
    const changed = { ...this.get(id), body, updated };
    checkBody(body);
    this.#comments.set(id, changed);
    return changed;
  }

  /** @throws Refusal when it is not there */
  get(id: number): Comment {
    return found(this.#comments.get(id));
  }

  /** @throws Refusal when it is not there */
  delete(id: number): void {
    this.get(id);
    this.#comments.delete(id);
  }

  /** Those of one pull request, oldest first. */
  of(issue: number): readonly Comment[] {
    return [...this.#comments.values()].filter((comment) => comment.issue === issue).toSorted((one, other) => one.id - other.id);
  }

  get all(): readonly Comment[] {
    return [...this.#comments.values()];
  }
}

function checkBody(body: string): void {
  const message = body.trim() === '' ? "Body can't be blank" : `Body is too long (maximum is ${longestBody} characters)`;
  if (body.trim() !== '' && [...body].length <= longestBody) return;
  const errors = [{ resource: 'IssueComment', code: 'unprocessable', field: 'data', message }];
  throw new Refusal(422, 'Validation Failed', {}, { errors });
}
