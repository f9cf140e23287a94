import type { Discovery, Interpreter } from './interpreter.ts';

/** A machine with these CPythons, each in a folder of its own: "3.13.0", "3.13.5t", or "3.13.0 in /mine" with a name of its own. */
export function discoveryOf(...described: readonly string[]): Discovery {
  const interpreters = described.map((each): Interpreter => {
    const [label = '', path = `/opt/${label}/bin/python`] = each.split(' in ');
    const version = label.replace(/t$/, '');
    const provenance = { distribution: 'pyenv', compiler: '', configArgs: '' };
    const facts = { version, implementation: 'cpython', freeThreaded: label.endsWith('t'), build: '1a2b3c4d', provenance };
    const installation = { executable: path, basePrefix: '/opt', venv: true, ensurepip: true };
    return { facts: { ...facts, ...installation }, realPath: path, source: 'pyenv', names: [path], environment: {} };
  });
  return { interpreters, refused: [], searched: [] };
}
