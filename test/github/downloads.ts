import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A file that the API redirects to. */
interface Download {
  readonly type: string;
  readonly bytes: Buffer;
}

/** The host that keeps archives and artifacts: another one than the API's, which must never be shown a token. */
export class Downloads {
  readonly #files = new Map<string, Download>();
  readonly #server: Server;

  /** @param shownToken called with the path of a request that carried a token */
  constructor(shownToken: (path: string) => void) {
    this.#server = createServer(({ url = '', headers }, response) => {
      if (headers.authorization !== undefined) shownToken(url);
      const file = this.#files.get(url);
      response.writeHead(file === undefined ? 404 : 200, { 'content-type': file?.type ?? 'text/plain' });
      response.end(file?.bytes);
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  /** Keeps a file and returns an address that nobody can guess. */
  offer(type: string, bytes: Buffer): string {
    const path = `/${randomUUID()}`;
    this.#files.set(path, { type, bytes });
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}${path}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
