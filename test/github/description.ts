import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, OpenAPIBackend, type Operation, type Request } from 'openapi-backend';

/** A request that the description knows. */
export interface Match {
  readonly operation: Operation;
  readonly id: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The description of an API: which call a request is, and what is wrong with a request or an answer. */
export interface Description {
  readonly operations: readonly string[];
  match(request: Request): Match | null;
  /** What the description forbids, in words; empty for a good request. */
  requestFaults(request: Request, match: Match): readonly string[];
  /** What a body holds that the description does not know, in words: GitHub ignores it, so it is a slip of the caller. */
  strangers(request: Request, match: Match): readonly string[];
  /** What the description forbids about a status and a JSON value, in words. */
  answerFaults(status: number, body: unknown, match: Match): readonly string[];
}

// GitHub's patterns and formats are not all meant for a strict validator.
const ajvOpts = { strict: false, validateFormats: false, unicodeRegExp: false };

/** Parts of a path that hold slashes, which GitHub takes as they are and the description as %2F only. */
const withSlashes = /^(\/repos\/[^/]+\/[^/]+\/(?:contents|compare|tarball|git\/ref|git\/refs|git\/matching-refs)\/)(.+)$/;

/** The folder above all files: a parameter that is not there for the description. */
const rootContents = /(\/contents)\/?$/;

/** The path as the description writes it. */
function describedPath(path: string): string {
  const [bare = '', query] = path.split('?');
  const routed = bare.replace(rootContents, '$1/.').replace(withSlashes, (_, head, rest) => head + rest.replaceAll('/', '%2F'));
  return query === undefined ? routed : `${routed}?${query}`;
}

export async function readDescription(document: Document): Promise<Description> {
  const api = new OpenAPIBackend({ definition: document, quick: true, ajvOpts });
  await api.init();
  // The router makes this list anew for every request.
  const operations = api.getOperations();
  api.router.getOperations = () => operations;
  const routed = (request: Request) => ({ ...request, path: describedPath(request.path) });
  return {
    operations: operations.map(({ operationId = '' }) => operationId),
    match: (request) => {
      const operation = api.matchOperation(routed(request));
      if (operation?.operationId === undefined) return null;
      const parameters = textEntries(api.router.parseRequest(routed(request), operation).params);
      return { operation, id: operation.operationId, parameters };
    },
    requestFaults: (request, { operation }) => inWords(api.validateRequest(routed(request), operation).errors),
    strangers: ({ body }, { operation }) => strangers(body, operation),
    answerFaults: (status, body, match) => [...statusFault(status, match), ...answerFaults(api, status, body, match)],
  };
}

function textEntries(values: object): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]));
}

interface BodySchema {
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly allOf?: readonly BodySchema[];
  readonly anyOf?: readonly BodySchema[];
  readonly oneOf?: readonly BodySchema[];
}

function strangers(body: unknown, { requestBody }: Operation): readonly string[] {
  if (typeof body !== 'object' || body === null || requestBody === undefined || !('content' in requestBody)) return [];
  const known = new Set(propertiesOf((requestBody.content['application/json']?.schema ?? {}) as BodySchema));
  return Object.keys(body)
    .filter((key) => !known.has(key))
    .map((key) => `/requestBody/${key} is not in the description`);
}

function propertiesOf({ properties = {}, allOf = [], anyOf = [], oneOf = [] }: BodySchema): readonly string[] {
  return [...Object.keys(properties), ...[...allOf, ...anyOf, ...oneOf].flatMap(propertiesOf)];
}

/** An error may always come; a success must be one that the description promises. */
function statusFault(status: number, { operation, id }: Match): readonly string[] {
  const described = Object.keys(operation.responses ?? {}).includes(String(status));
  return status < 400 && !described ? [`${id} never answers ${status}`] : [];
}

function answerFaults(api: OpenAPIBackend, status: number, body: unknown, { operation }: Match): readonly string[] {
  if (body instanceof Uint8Array) return [];
  return inWords(api.validateResponse(body ?? null, operation, status).errors);
}

interface Fault {
  readonly instancePath: string;
  readonly keyword: string;
  readonly message?: string;
  readonly params: Readonly<Record<string, unknown>>;
}

function inWords(faults: readonly Fault[] | null | undefined): readonly string[] {
  if (faults?.some(fitsSeveral)) return [];
  return (faults ?? []).map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`.trim());
}

/** GitHub's choices overlap: what fits more than one of them is right. */
function fitsSeveral({ keyword, params }: Fault): boolean {
  return keyword === 'oneOf' && Array.isArray(params['passingSchemas']);
}

let official: Promise<Description> | undefined;

/** GitHub's own description of what we call, read once: its validators are made at their first use. */
export function officialDescription(): Promise<Description> {
  official ??= readDescription(JSON.parse(readFileSync(join(import.meta.dirname, 'openapi.json'), 'utf8')));
  return official;
}
