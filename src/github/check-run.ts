import { z } from 'zod';
import type { Publication, Published, Unavailable } from '../model/publication.ts';
import { type CheckAnnotation, sendAnnotations } from './check-run-annotations.ts';
import { type CheckOutput, withinLimits } from './check-run-output.ts';
import { checkedAnswer } from './checked-answer.ts';
import type { ApiRepository } from './client.ts';
import { isFailedRequest, isUnanswered, rateLimitOf } from './failed-request.ts';
import { attempt, isUnavailable } from './unavailable.ts';

/** A check run that is to be made. */
export interface CheckRunRequest {
  readonly name: string;
  /** The commit it is about, 40 hex digits. */
  readonly commit: string;
  /** By which it is found again: unique for one step of one attempt of one job. */
  readonly externalId: string;
  /** The page of the workflow run. */
  readonly detailsUrl: string;
}

/** How a check run ends. */
export interface CheckEnd extends CheckOutput {
  readonly conclusion: 'success' | 'failure' | 'neutral' | 'cancelled';
  readonly annotations: readonly CheckAnnotation[];
}

/** A check run that was begun, or that could not be. */
export interface StartedCheckRun {
  /** What became of the beginning. */
  readonly begun: Published | Unavailable;
  /** Ends it; the second time nothing is asked, and the first answer comes again. */
  conclude(end: CheckEnd): Promise<Publication>;
}

/** A check run as the API knows it. */
interface KnownCheckRun {
  readonly id: number;
  readonly url: string;
}

const checkRun = z.object({ id: z.number().int().positive(), html_url: z.url({ protocol: /^https?$/ }).nullable() });

/**
 * Begins a check run, in progress from now on. Where GitHub does not say whether it did, the check run is looked for
 * before another one is made. API faults come back as values.
 */
export async function startCheckRun(repository: ApiRepository, request: CheckRunRequest): Promise<StartedCheckRun> {
  const asked = { wanted: `make the check run "${request.name}"`, permission: 'checks: write' } as const;
  const begun = await attempt(asked, repository, async () => publishedOf(await create(repository, request), 'posted'));
  let ended: Promise<Publication> | undefined;
  return {
    begun,
    conclude: (end) => {
      ended ??= isUnavailable(begun) ? Promise.resolve(begun) : conclude(repository, begun, end);
      return ended;
    },
  };
}

/**
 * Ends as cancelled what a step that was killed has left in progress; null where there is no such check run.
 *
 * @param request as the check run was made
 */
export async function concludeLeftCheckRun(
  repository: ApiRepository,
  request: CheckRunRequest,
  output: CheckOutput,
): Promise<Publication | null> {
  const asked = { wanted: `look for the check run "${request.name}"`, permission: 'checks: write' } as const;
  const left = await attempt(asked, repository, async () => ({ run: await find(repository, request, 'in_progress') }));
  if (isUnavailable(left)) return left;
  return left.run === null
    ? null
    : conclude(repository, publishedOf(left.run, 'posted'), { ...output, conclusion: 'cancelled', annotations: [] });
}

async function create(repository: ApiRepository, request: CheckRunRequest): Promise<KnownCheckRun> {
  try {
    return await post(repository, request);
  } catch (error) {
    if (!isFailedRequest(error) || rateLimitOf(error) !== null || !isUnanswered(error)) throw error;
    return (await find(repository, request)) ?? post(repository, request);
  }
}

async function post({ client, owner, repo, signal }: ApiRepository, request: CheckRunRequest): Promise<KnownCheckRun> {
  const { name, commit, externalId, detailsUrl } = request;
  const said = { name, head_sha: commit, external_id: externalId, details_url: detailsUrl, status: 'in_progress' } as const;
  const { data } = await client().rest.checks.create({ owner, repo, ...said, request: { signal } });
  return known(data, request);
}

async function find(
  { client, owner, repo, signal }: ApiRepository,
  request: CheckRunRequest,
  status?: 'in_progress',
): Promise<KnownCheckRun | null> {
  const { name, commit, externalId } = request;
  const wanted = { ref: commit, check_name: name, filter: 'all', per_page: 100, ...(status === undefined ? {} : { status }) } as const;
  const { data } = await client().rest.checks.listForRef({ owner, repo, ...wanted, request: { signal } });
  const list = z.object({ check_runs: z.array(z.looseObject({ external_id: z.string().nullable() })) });
  const found = checkedAnswer(list, data, 'check runs').check_runs.find(({ external_id: id }) => id === externalId);
  return found === undefined ? null : known(found, request);
}

function known(data: unknown, { detailsUrl }: CheckRunRequest): KnownCheckRun {
  const { id, html_url: url } = checkedAnswer(checkRun, data, 'a check run');
  return { id, url: url ?? detailsUrl };
}

/** The conclusion first and by itself: it must stand whatever becomes of the annotations. */
async function conclude(repository: ApiRepository, { id, url }: Published, end: CheckEnd): Promise<Published | Unavailable> {
  const { client, owner, repo, signal } = repository;
  const output = withinLimits(end);
  const asked = { wanted: 'conclude the check run', permission: 'checks: write' } as const;
  return attempt(asked, repository, async () => {
    const said = { status: 'completed', conclusion: end.conclusion, output } as const;
    await client().rest.checks.update({ owner, repo, check_run_id: id, ...said, request: { signal, repeatable: true } });
    const note = await sendAnnotations(repository, { id, output, annotations: end.annotations });
    return { kind: 'updated' as const, id, url, notes: note === null ? [] : [note] };
  });
}

function publishedOf({ id, url }: KnownCheckRun, kind: Published['kind']): Published {
  return { kind, id, url, notes: [] };
}
