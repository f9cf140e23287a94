import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { listenOnLoopback } from './loopback.ts';

/** A server on loopback that stands in front of act's own. */
export interface ArtifactRelay {
  /** "http://127.0.0.1:1234/" */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Passes requests on to act's artifact server, in the form that it reads: act 0.2.87 to 0.2.89 refuses the field
 * `mime_type` that upload-artifact sends since its version 7, and signatures in a URL whose padding the storage client left out
 * (https://github.com/nektos/act/issues/6114). GitHub's own service takes both.
 *
 * @param port of act's server on 127.0.0.1
 */
export async function openArtifactRelay(port: number): Promise<ArtifactRelay> {
  const server = createServer((incoming, answer) => {
    passOn(incoming, answer, port).catch((error: unknown) => {
      answer.writeHead(502).end(String(error));
    });
  });
  const own = await listenOnLoopback(server);
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${own}/`, close };
}

async function passOn(incoming: IncomingMessage, answer: ServerResponse, port: number): Promise<void> {
  const path = withPadding(incoming.url ?? '/');
  const received = await buffer(incoming);
  const body = path.endsWith('/CreateArtifact') ? Buffer.from(withoutMimeType(received.toString())) : received;
  // The host stays the relay's own: act makes the signed URLs from it.
  const headers = { ...incoming.headers, 'content-length': String(body.length) };
  delete headers['transfer-encoding'];
  await new Promise<void>((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, path, method: incoming.method, headers }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer).on('finish', resolve).on('error', reject);
    });
    outgoing.on('error', reject).end(body);
  });
}

/** A request for an artifact without the field that act does not know. */
export function withoutMimeType(body: string): string {
  const { mime_type: _, ...known }: Record<string, unknown> = JSON.parse(body);
  return JSON.stringify(known);
}

/** A path whose signature is as long as base64 wants it. */
export function withPadding(path: string): string {
  return path.replace(/([?&]sig=)([^&=]+)(?=&|$)/, (_, name: string, signature: string) => {
    const length = decodeURIComponent(signature).length;
    return `${name}${signature}${'='.repeat((4 - (length % 4)) % 4)}`;
  });
}
