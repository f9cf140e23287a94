import { lineLimitBytes } from './worker-protocol.ts';

/** Most bytes one worker may send over the protocol: thousands of honest lines, and a bound for a flood. */
export const protocolLimitBytes = 4 * 1024 * 1024;

/** Cuts a stream of bytes into lines of bounded length and bounded total. Holds at most one unfinished line. */
export class LineSplitter {
  #rest: Buffer = Buffer.alloc(0);
  #received = 0;

  /** Adds bytes and returns the lines they complete, without newlines; or why the stream cannot be believed any more. */
  push(chunk: Buffer): { readonly lines: readonly string[]; readonly fault: string | null } {
    this.#received += chunk.length;
    if (this.#received > protocolLimitBytes) {
      return { lines: [], fault: `it sent more than ${protocolLimitBytes} bytes over the protocol` };
    }
    const parts = splitAtNewlines(Buffer.concat([this.#rest, chunk]));
    this.#rest = parts.pop() ?? Buffer.alloc(0);
    const fault = this.#rest.length > lineLimitBytes ? `a line is longer than ${lineLimitBytes} bytes` : null;
    return { lines: parts.map((part) => part.toString('utf8')), fault };
  }
}

const newline = 0x0a;

function splitAtNewlines(bytes: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  let from = 0;
  for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, from)) {
    parts.push(bytes.subarray(from, at));
    from = at + 1;
  }
  parts.push(bytes.subarray(from));
  return parts;
}
