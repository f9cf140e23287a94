import { z } from 'zod';
import { created, found, ok, Refusal } from '../answer.ts';
import { type Call, type Handlers, parameter } from '../call.ts';
import { type CheckRun, checkRunFields } from '../check-runs.ts';
import { annotationDocument, checkRunDocument } from '../documents/check-run.ts';
import { appId } from '../documents/user.ts';
import { pageOf } from '../pagination.ts';
import { apiAddress, instant } from '../wire-format.ts';

const creation = checkRunFields.extend({ name: z.string(), head_sha: z.string() });

/** Check runs, which only apps may write. */
export const checkHandlers: Handlers = {
  'checks/create': (call) => {
    const { name, head_sha: sha, ...fields } = creation.parse(call.body);
    const { repository } = call;
    if (repository.objects.type(sha) !== 'commit') throw new Refusal(422, `No commit found for SHA: ${sha}`);
    const run = repository.checkRuns.add(repository.nextId(), name, sha, appOf(call), fields, instant(repository.now()));
    return created(checkRunDocument(call, run), apiAddress(call, 'check-runs', run.id));
  },
  'checks/update': (call) => {
    const { checkRuns, now } = call.repository;
    if (runOf(call).login !== appOf(call)) throw new Refusal(403, 'Invalid app_id: a check run is changed by the app that made it.');
    return ok(checkRunDocument(call, checkRuns.change(runId(call), checkRunFields.parse(call.body), instant(now()))));
  },
  'checks/get': (call) => ok(checkRunDocument(call, runOf(call))),
  'checks/list-for-ref': (call) => {
    const { references, checkRuns } = call.repository;
    const sha = found(references.resolve(parameter(call, 'ref')));
    const runs = filtered(
      call,
      checkRuns.all.filter(({ headSha }) => headSha === sha),
    );
    const { items, headers } = pageOf(call, runs);
    return ok({ total_count: runs.length, check_runs: items.map((run) => checkRunDocument(call, run)) }, headers);
  },
  'checks/list-annotations': (call) => {
    const { annotations, headSha } = runOf(call);
    const { items, headers } = pageOf(call, annotations);
    return ok(
      items.map((annotation) => annotationDocument(call, headSha, annotation)),
      headers,
    );
  },
};

/** What the query leaves; of the runs of one name only the latest unless all are asked for. */
function filtered({ query }: Call, runs: readonly CheckRun[]): readonly CheckRun[] {
  const { check_name: name, status, filter = 'latest', app_id: app } = query;
  const latest = new Set(runs.filter((run) => !runs.some((rival) => rival.name === run.name && rival.id > run.id)));
  return runs.filter(
    (run) =>
      (name === undefined || run.name === name) &&
      (status === undefined || run.status === status) &&
      (app === undefined || appId(run.login) === Number(app)) &&
      (filter === 'all' || latest.has(run)),
  );
}

function runId(call: Call): number {
  return Number(parameter(call, 'check_run_id'));
}

function runOf(call: Call): CheckRun {
  return call.repository.checkRuns.get(runId(call));
}

/** @throws Refusal for the token of a person */
function appOf({ token }: Call): string {
  if (!token?.login.endsWith('[bot]')) throw new Refusal(403, 'You must authenticate via a GitHub App.');
  return token.login;
}
