import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { openArtifactRelay } from './artifact-relay.ts';
import { type EventName, eventPayload } from './event.ts';
import { type JobLog, readJobLog } from './job-log.ts';
import { freePort } from './loopback.ts';
import { type SampleProject, workflowPath } from './sample-project.ts';

/** A run of a project's workflow. */
export interface ActRequest {
  /** Path of act. */
  readonly act: string;
  readonly project: SampleProject;
  readonly event: EventName;
  /** Folders that stand for actions, by what `uses:` says: "actions/checkout@<commit>". */
  readonly actions: ReadonlyMap<string, string>;
  /** Where act keeps its files; its tool cache is in `act/tool_cache`. */
  readonly cache: string;
  /** Where its artifacts and the event go. */
  readonly scratch: string;
  /** GITHUB_API_URL of the steps. */
  readonly apiUrl: string;
  readonly token: string;
}

const runId = '1';

/**
 * Runs a workflow under act on this very machine, without containers: artifacts and API on loopback, this Node first on
 * PATH, and an environment made from nothing. The jobs of a matrix run side by side, whatever that does to their figures.
 */
export async function runAct(request: ActRequest): Promise<JobLog> {
  const port = await freePort();
  const relay = await openArtifactRelay(port);
  try {
    const result = await execa(request.act, actArguments(request, port), {
      cwd: request.project.folder,
      env: { ...surroundings(), XDG_CACHE_HOME: request.cache, ACTIONS_RUNTIME_URL: relay.url },
      extendEnv: false,
      all: true,
      reject: false,
      timeout: 30 * 60_000,
    });
    return readJobLog(result.all ?? '');
  } finally {
    await relay.close();
  }
}

function actArguments({ project, event, actions, scratch, apiUrl, token }: ActRequest, port: number): readonly string[] {
  const payload = join(scratch, 'event.json');
  // Its server breaks off when a run without artifacts is asked for them.
  mkdirSync(join(scratch, 'artifacts', runId), { recursive: true });
  writeFileSync(payload, JSON.stringify(eventPayload(event, project)));
  const local = [...actions].flatMap(([name, folder]) => ['--local-repository', `${name}=${folder}`]);
  const artifacts = ['--artifact-server-path', join(scratch, 'artifacts'), '--artifact-server-addr', '127.0.0.1'];
  const variables = [`GITHUB_API_URL=${apiUrl}`, `GITHUB_RUN_ID=${runId}`, 'ImageOS=ubuntu24'].flatMap((each) => ['--env', each]);
  return [
    ...[event, '--eventpath', payload, '--workflows', workflowPath, '--platform', 'ubuntu-24.04=-self-hosted', '--json'],
    ...['--no-cache-server', '--action-offline-mode', '--use-new-action-cache', '--secret', `GITHUB_TOKEN=${token}`],
    ...[...artifacts, '--artifact-server-port', String(port), ...variables, ...local],
  ];
}

/** What a step may see of this machine: where programs are, and how pip and uv reach an index where the machine needs telling. */
function surroundings(): Record<string, string> {
  const wanted = /^(HOME|LANG|PIP_.*|UV_.*|HTTPS?_PROXY|https?_proxy|NO_PROXY|no_proxy|SSL_CERT_.*|REQUESTS_CA_BUNDLE)$/;
  const kept = Object.entries(process.env).flatMap(([name, value]) => (wanted.test(name) && value !== undefined ? [[name, value]] : []));
  const folders = (process.env['PATH'] ?? '').split(':').filter((folder) => !folder.includes('node_modules'));
  return { ...Object.fromEntries(kept), PATH: [dirname(process.execPath), ...folders].join(':') };
}
