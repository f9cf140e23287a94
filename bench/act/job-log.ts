import { z } from 'zod';

const eventSchema = z.object({
  job: z.string().optional(),
  jobID: z.string().optional(),
  msg: z.string(),
  raw_output: z.boolean().optional(),
  jobResult: z.string().optional(),
});

/** How one job of a workflow ended; a matrix has several of one id. */
export interface JobResult {
  /** Key of the job in the workflow, "measure". */
  readonly id: string;
  /** What it is called, "Python 3.13 (1 of 2)". */
  readonly name: string;
  /** "success", "failure" and so on, as act says it. */
  readonly result: string;
}

/** What act said of a run. */
export interface JobLog {
  readonly jobs: readonly JobResult[];
  /** The log for people, without times: what act said of no job, then job by job, although those of a matrix run side by side. */
  readonly lines: readonly string[];
}

/** Reads what `act --json` prints: one object a line; other lines come from act's servers and are kept as they are. */
export function readJobLog(output: string): JobLog {
  const jobs: JobResult[] = [];
  const sections = new Map<string, string[]>([['', []]]);
  for (const line of output.split('\n').filter((each) => each.trim() !== '')) {
    const event = eventOf(line) ?? { msg: line };
    const [name, id] = [jobName(event.job ?? ''), event.jobID ?? ''];
    const key = name === '' ? '' : `${id} ${name}`;
    sections.set(key, [...(sections.get(key) ?? []), ...said(event).map((text) => (name === '' ? text : `[${name}] ${text}`))]);
    if (event.jobResult !== undefined) jobs.push({ id, name, result: event.jobResult });
  }
  return { jobs: jobs.toSorted(inOrderOf(jobs)), lines: [...sections.values()].flat() };
}

/** By the first end of a job of that id, then by name, so that a matrix is in the same order each time. */
function inOrderOf(jobs: readonly JobResult[]): (a: JobResult, b: JobResult) => number {
  const ids = jobs.map(({ id }) => id);
  return (a, b) => ids.indexOf(a.id) - ids.indexOf(b.id) || a.name.localeCompare(b.name, 'en', { numeric: true });
}

function eventOf(line: string): z.infer<typeof eventSchema> | null {
  try {
    return eventSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

/** Without the workflow in front of it and the count that act puts behind the names of a matrix. */
function jobName(job: string): string {
  return job
    .replace(/^[^/]*\//, '')
    .replace(/-\d+$/, '')
    .trim();
}

function said({ msg, raw_output: raw }: Pick<z.infer<typeof eventSchema>, 'msg' | 'raw_output'>): readonly string[] {
  return msg
    .trimEnd()
    .split('\n')
    .map((line) => (raw === true ? `  | ${line}` : line));
}
