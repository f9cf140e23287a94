/** The functions of the library, each exercised by the benchmark of the same index in `liveBenchmarks`. */
export const libraryFunctions = ['route', 'encode', 'parse', 'forward', 'digest'] as const;

/** One of {@link libraryFunctions}. */
export type LibraryFunction = (typeof libraryFunctions)[number];

/** A head commit: what it does to `library.py`. */
export type LibraryChange =
  | { readonly kind: 'base' }
  /** Changes the text and nothing that it does; one of `harmlessChanges`. */
  | { readonly kind: 'null'; readonly what: HarmlessChange }
  /** Makes every call of one function do so many more turns of the calibration loop. */
  | { readonly kind: 'planted'; readonly what: LibraryFunction; readonly turns: number };

/** Changes that make nothing slower: what a pull request that should pass looks like. */
export const harmlessChanges = ['comment', 'docstring', 'local name', 'order of functions', 'unused function'] as const;

/** One of {@link harmlessChanges}. */
export type HarmlessChange = (typeof harmlessChanges)[number];

const head = `"""A small library: routes messages, encodes and parses records, forwards parcels, makes digests."""
import json
`;

const bodies: Readonly<Record<LibraryFunction, string>> = {
  route: `def route(message, rooms):
    """The rooms that a message goes to, sorted."""
    chosen = []
    for room in rooms:
        if (message * 31 + room) % 7 < 5:
            chosen.append((room * message) % 1009)
    chosen.sort()
    return chosen
`,
  encode: `def encode(number, fields):
    """A record as text."""
    record = {}
    for field in range(fields):
        record["field%d" % field] = number * field % 997
    return json.dumps(record, sort_keys=True)
`,
  parse: `def parse(line):
    """The sum of the numbers of a line, and how many there are."""
    total = count = 0
    for word in line.split(","):
        name, _, value = word.partition("=")
        if name and value.isdigit():
            total += int(value)
            count += 1
    return total, count
`,
  forward: `def forward(parcel, stops):
    """Where a parcel is after so many stops."""
    place = parcel
    for stop in range(stops):
        place = (place * 17 + stop) % 65521
    return place
`,
  digest: `def digest(block):
    """A checksum of bytes (Adler 1995)."""
    low, high = 1, 0
    for byte in block:
        low = (low + byte) % 65521
        high = (high + low) % 65521
    return high << 16 | low
`,
};

/** The source of `library.py` after a change. */
export function librarySource(change: LibraryChange): string {
  const functions = libraryFunctions.map((name) => bodies[name]);
  switch (change.kind) {
    case 'base':
      return joined(head, functions);
    case 'null':
      return harmless(change.what, functions);
    case 'planted':
      return `${joined(
        head,
        libraryFunctions.map((name) => (name === change.what ? withCheck(bodies[name], change.turns) : bodies[name])),
      )}${checkFunction}`;
  }
}

function joined(start: string, functions: readonly string[]): string {
  return [start, ...functions].join('\n\n');
}

const checkFunction = `

def check(turns):
    """Looks whether the state of the library is in order."""
    state = 1
    for turn in range(turns):
        state = (state * 1103515245 + turn) & 0x7FFFFFFF
    return state
`;

/** The check is the first statement after the docstring. */
function withCheck(body: string, turns: number): string {
  return body.replace(/("""\n)/, `$1    check(${turns})\n`);
}

function harmless(what: HarmlessChange, functions: readonly string[]): string {
  switch (what) {
    case 'comment':
      return joined(`${head}\n# Numbers stay below 65521, the largest prime of 16 bits.\n`, functions);
    case 'docstring':
      return joined(head, functions).replace('A record as text.', 'A record as text, its fields in order.');
    case 'local name':
      return joined(head, functions).replaceAll('chosen', 'picked');
    case 'order of functions':
      return joined(head, functions.toReversed());
    case 'unused function':
      return `${joined(head, functions)}${checkFunction}`;
  }
}
