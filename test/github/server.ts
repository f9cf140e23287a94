import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, Refusal } from './answer.ts';
import type { Call, Handlers } from './call.ts';
import { type Description, type Match, officialDescription } from './description.ts';
import { Downloads } from './downloads.ts';
import { type Fault, FaultPlan, faultAnswer, takesEffect } from './faults.ts';
import { graphqlHandler, graphqlOperation, isGraphql } from './graphql.ts';
import { Repository } from './repository.ts';
import { type LoggedRequest, RequestLog } from './request-log.ts';
import { allHandlers } from './routes.ts';
import { Seed } from './seed.ts';
import { actionsBot, authorize, type Token } from './tokens.ts';

export interface GitHubOptions {
  readonly owner?: string;
  readonly name?: string;
  /** Whether the world may read it; no unless said, so that every permission that a call needs is asked for. */
  readonly isPublic?: boolean;
  readonly defaultBranch?: string;
  /** Prefix of every path: "/api/v3" for GitHub Enterprise Server. */
  readonly root?: string;
  readonly now?: () => Date;
  /** In place of the right answers, by operation id: to see that a wrong one is noticed. */
  readonly handlers?: Handlers;
}

/** A GitHub on this machine, with one repository. */
export interface GitHub extends AsyncDisposable {
  /** For GITHUB_API_URL: "http://127.0.0.1:12345". */
  readonly apiUrl: string;
  readonly repository: Repository;
  /** Makes what tests begin with. */
  readonly seed: Seed;
  readonly log: RequestLog;
  readonly faults: FaultPlan;
  /** Adds a token and returns its secret. Without permissions it is one that may do nothing; `login` is the actions bot unless said. */
  token(permissions: Token['permissions'], login?: string): string;
  /** Drops the connections that are open and ends. */
  close(): Promise<void>;
}

/** All that one request is answered from. */
interface Server {
  readonly options: GitHubOptions;
  readonly description: Description;
  readonly handlers: Handlers;
  readonly repository: Repository;
  readonly tokens: Map<string, Token>;
  readonly log: RequestLog;
  readonly faults: FaultPlan;
}

/** Starts a GitHub on a port of its own of 127.0.0.1. */
export async function startGitHub(options: GitHubOptions = {}): Promise<GitHub> {
  const { owner = 'octo', name = 'project', isPublic = false, defaultBranch = 'main', now = () => new Date() } = options;
  const log = new RequestLog();
  const downloads = new Downloads((path) =>
    log.violate('request', { method: 'GET', path }, ['a token was shown to the host of the downloads']),
  );
  const repository = new Repository({ owner, name, isPublic, defaultBranch, now, downloads });
  const handlers = { ...allHandlers, ...options.handlers };
  const faults = new FaultPlan();
  const tokens = new Map<string, Token>();
  const server = { options, description: await officialDescription(), handlers, repository, tokens, log, faults };
  await downloads.start();
  const http = createServer((request, response) => void answerRequest(server, request, response));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const close = async () => {
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
    await downloads.close();
  };
  return {
    apiUrl: `http://127.0.0.1:${port}${options.root ?? ''}`,
    ...{ repository, log, faults, close },
    seed: new Seed(repository),
    token: (permissions, login = actionsBot) => {
      const secret = `ghs_loopback${tokens.size + 1}`;
      tokens.set(secret, { secret, login, permissions });
      return secret;
    },
    [Symbol.asyncDispose]: close,
  };
}

async function answerRequest(server: Server, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const exchange = await readExchange(server, incoming);
  const fault = server.faults.take(exchange.entry);
  if (fault?.kind === 'slow') await sleep(fault.milliseconds);
  const right = fault === null || takesEffect(fault) ? await rightAnswer(server, exchange) : null;
  if (fault?.kind === 'hang') return;
  if (fault?.kind === 'reset') {
    incoming.socket.resetAndDestroy();
    return;
  }
  const answer = (fault === null ? null : faultAnswer(fault, server.repository.now())) ?? right;
  if (answer !== null) send(response, exchange.entry, answer, fault);
}

/** A request, read and looked up. */
interface Exchange {
  readonly entry: LoggedRequest;
  readonly match: Match | null;
  /** What GitHub refuses about it. */
  readonly faults: readonly string[];
  readonly url: URL;
  readonly incoming: IncomingMessage;
}

async function readExchange({ description, log, options }: Server, incoming: IncomingMessage): Promise<Exchange> {
  const { method = 'GET', headers } = incoming;
  const url = new URL(incoming.url ?? '/', `http://${headers.host}`);
  const path = (incoming.url ?? '/').slice((options.root ?? '').length);
  const body = parsed(await text(incoming));
  if (isGraphql(method, url.pathname, options.root ?? '')) {
    const entry = log.add({ method, path, body, operation: graphqlOperation, authorized: headers.authorization !== undefined });
    return { entry, match: null, faults: [], url, incoming };
  }
  const request = { method, path, headers: textHeaders(incoming), body };
  const match = description.match(request);
  const entry = log.add({ method, path, body, operation: match?.id ?? null, authorized: headers.authorization !== undefined });
  const faults = match === null ? ['the description has no such call'] : description.requestFaults(request, match);
  log.violate('request', entry, match === null ? faults : [...faults, ...description.strangers(request, match)]);
  return { entry, match, faults, url, incoming };
}

function parsed(body: string): unknown {
  if (body === '') return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

function textHeaders({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

async function rightAnswer(server: Server, exchange: Exchange): Promise<Answer> {
  const { entry, match } = exchange;
  if (entry.operation === graphqlOperation) return refusable(server, entry, () => graphqlAnswer(server, exchange));
  if (match === null) return new Refusal(404, 'Not Found').answer;
  const answer = await refusable(server, entry, () => handled(server, exchange, match));
  server.log.violate('answer', entry, server.description.answerFaults(answer.status, answer.body, match));
  return answer;
}

/** Turns a thrown refusal into its answer; anything else is a fault of this server and is loud as one. */
async function refusable({ log }: Server, entry: LoggedRequest, answer: () => Promise<Answer>): Promise<Answer> {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    log.violate('answer', entry, [message]);
    return { status: 599, body: { message } };
  }
}

async function handled(server: Server, exchange: Exchange, match: Match): Promise<Answer> {
  const { repository, handlers } = server;
  const token = tokenOf(server, exchange.incoming);
  const { owner, repo } = match.parameters;
  if (owner !== undefined && `${owner}/${repo}`.toLowerCase() !== repository.fullName.toLowerCase()) throw new Refusal(404, 'Not Found');
  authorize(token, match.id, repository.isPublic);
  if (typeof exchange.entry.body === 'string') throw new Refusal(400, 'Problems parsing JSON');
  if (exchange.faults.length > 0) throw new Refusal(422, `Invalid request.\n\n${exchange.faults.join('\n')}`);
  const handler = handlers[match.id];
  if (handler === undefined) throw new Error(`nothing answers ${match.id}`);
  return handler(callOf(server, exchange, match, token));
}

async function graphqlAnswer(server: Server, exchange: Exchange): Promise<Answer> {
  const handler = server.handlers[graphqlOperation] ?? graphqlHandler(server.log);
  return handler(callOf(server, exchange, { parameters: {} }, tokenOf(server, exchange.incoming)));
}

function callOf(
  { repository }: Server,
  { entry, url, incoming }: Exchange,
  { parameters }: Pick<Match, 'parameters'>,
  token: Token | null,
): Call {
  const query = Object.fromEntries(url.searchParams);
  return { parameters, query, body: entry.body, accept: incoming.headers.accept ?? '', token, url, repository };
}

/** @throws Refusal for a token that nobody was given */
function tokenOf({ tokens }: Server, { headers }: IncomingMessage): Token | null {
  if (headers.authorization === undefined) return null;
  const token = tokens.get(headers.authorization.replace(/^(token|bearer) /i, ''));
  if (token === undefined) throw new Refusal(401, 'Bad credentials');
  return token;
}

function send(response: ServerResponse, entry: LoggedRequest, { status, body, headers = {} }: Answer, fault: Fault | null): void {
  entry.status = status;
  const bytes = body === undefined ? Buffer.alloc(0) : body instanceof Uint8Array ? body : Buffer.from(JSON.stringify(body));
  const sent = fault?.kind === 'truncated' ? bytes.subarray(0, Math.floor(bytes.length / 2)) : bytes;
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers, 'content-length': sent.length });
  response.end(sent);
}
