import { z } from 'zod';
import { found, Refusal } from './answer.ts';

const longestTitle = 255;
const longestText = 64 * 1024;

const annotation = z.object({
  path: z.string(),
  start_line: z.number(),
  end_line: z.number(),
  start_column: z.number().optional(),
  end_column: z.number().optional(),
  annotation_level: z.enum(['notice', 'warning', 'failure']),
  message: z.string(),
  title: z.string().optional(),
  raw_details: z.string().optional(),
});

const output = z.object({
  title: z.string().optional(),
  summary: z.string(),
  text: z.string().optional(),
  annotations: z.array(annotation).default([]),
});

/** What may be said of a check run at any time. */
export const checkRunFields = z.object({
  name: z.string().optional(),
  details_url: z.string().optional(),
  external_id: z.string().optional(),
  status: z.enum(['queued', 'in_progress', 'completed']).optional(),
  conclusion: z.enum(['action_required', 'cancelled', 'failure', 'neutral', 'success', 'skipped', 'timed_out']).optional(),
  started_at: z.string().optional(),
  completed_at: z.string().optional(),
  output: output.optional(),
});

export type Annotation = z.infer<typeof annotation>;
type Fields = z.infer<typeof checkRunFields>;

/** One check run as it stands. */
export interface CheckRun extends Omit<Fields, 'output'> {
  readonly id: number;
  readonly name: string;
  readonly headSha: string;
  readonly status: 'queued' | 'in_progress' | 'completed';
  readonly login: string;
  readonly started: string;
  readonly completed: string | null;
  readonly title: string | null;
  readonly summary: string | null;
  readonly text: string | null;
  /** Those of every request, in order. */
  readonly annotations: readonly Annotation[];
}

/** All check runs by number. */
export class CheckRuns {
  readonly #byId = new Map<number, CheckRun>();

  /** @throws Refusal when there is none of that number */
  get(id: number): CheckRun {
    return found(this.#byId.get(id));
  }

  /** The youngest first. */
  get all(): readonly CheckRun[] {
    return [...this.#byId.values()].toSorted((one, other) => other.id - one.id);
  }

  /** @throws Refusal for what is longer than GitHub takes */
  add(id: number, name: string, headSha: string, login: string, fields: Fields, now: string): CheckRun {
    const blank = { title: null, summary: null, text: null, annotations: [], completed: null };
    const status = fields.status ?? 'queued';
    return this.#store(changed({ ...blank, id, name, headSha, login, status, started: fields.started_at ?? now }, fields, now));
  }

  /** @throws Refusal when it is not there, or for what is longer than GitHub takes */
  change(id: number, fields: Fields, now: string): CheckRun {
    return this.#store(changed(this.get(id), fields, now));
  }

  #store(run: CheckRun): CheckRun {
    this.#byId.set(run.id, run);
    return run;
  }
}

function changed(run: CheckRun, { output: said, ...fields }: Fields, now: string): CheckRun {
  for (const each of said?.annotations ?? []) checkAnnotation(each);
  if ((said?.title?.length ?? 0) > longestTitle) throw tooLong('title');
  const written = said === undefined ? {} : { title: said.title ?? run.title, summary: said.summary, text: said.text ?? null };
  const annotations = [...run.annotations, ...(said?.annotations ?? [])];
  const ended = fields.conclusion === undefined ? {} : ({ status: 'completed', completed: fields.completed_at ?? now } as const);
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  return { ...run, ...given, ...written, ...ended, annotations };
}

function checkAnnotation({
  message,
  raw_details: details = '',
  start_line: first,
  end_line: last,
  start_column: column,
}: Annotation): void {
  if (Buffer.byteLength(message) > longestText) throw tooLong('message');
  if (Buffer.byteLength(details) > longestText) throw tooLong('raw_details');
  if (column !== undefined && first !== last) throw new Refusal(422, 'Annotations with columns must stand on one line');
}

function tooLong(field: string): Refusal {
  return new Refusal(422, 'Invalid request.', {}, { errors: [`${field} is too long`] });
}
