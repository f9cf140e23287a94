import { expect, test } from 'vitest';
import type { Discovery, Interpreter, InterpreterSource } from './interpreter.ts';
import { selectInterpreters } from './select.ts';

/** `"3.13.0"`, `"3.13.5t"` or `"pypy 3.10.2"` found in a place. */
function interpreter(label: string, source: InterpreterSource, names: readonly string[] = []): Interpreter {
  const [version = '', implementation = 'cpython'] = label.split(' ').toReversed();
  const path = `/${source.replace(' ', '-')}/${label}/bin/python`;
  const freeThreaded = version.endsWith('t');
  const facts = { version: version.replace(/t$/, ''), implementation, freeThreaded, build: '00000000', executable: path };
  const provenance = { distribution: 'other', compiler: '', configArgs: '' };
  const more = { basePrefix: '/', venv: true, ensurepip: true, provenance };
  return { facts: { ...facts, ...more }, realPath: path, source, names: [path, ...names], environment: {} };
}

const discovery: Discovery = {
  interpreters: [
    interpreter('3.11.7', 'explicit path', ['./mine/python']),
    interpreter('3.9.18', 'pyenv'),
    interpreter('3.8.18', 'pyenv', ['./old']),
    interpreter('3.13.0', 'pyenv'),
    interpreter('3.13.0', 'tool cache'),
    interpreter('3.13.2', 'PATH'),
    interpreter('3.13.10', 'pyenv'),
    interpreter('3.13.5t', 'pyenv'),
    interpreter('3.14.1', 'tool cache'),
    interpreter('3.15.0rc1', 'tool cache'),
    interpreter('3.16.0', 'PATH'),
    interpreter('3.11.7', 'tool cache'),
    interpreter('pypy 3.10.14', 'PATH', ['/pypy']),
  ],
  refused: [{ name: '/nope', source: 'explicit path', reason: 'does not exist' }],
  searched: [
    { source: 'tool cache', place: 'the tool cache /cache/Python' },
    { source: 'uv', place: "uv's folder /uv (not there)" },
    { source: 'PATH', place: 'PATH' },
  ],
};

test.each<readonly [readonly string[], readonly string[]]>([
  [[], ['/pyenv/3.13.10', '/tool-cache/3.14.1']],
  [['3.13'], ['/pyenv/3.13.10']],
  [['3.13.0'], ['/tool-cache/3.13.0']],
  [['3.13t'], ['/pyenv/3.13.5t']],
  [['3.13.5t'], ['/pyenv/3.13.5t']],
  [['3.11'], ['/explicit-path/3.11.7']],
  [['./mine/python'], ['/explicit-path/3.11.7']],
  [['3.15'], ['/tool-cache/3.15.0rc1']],
  [['3.15.0rc1'], ['/tool-cache/3.15.0rc1']],
  [['3.16'], ['/PATH/3.16.0']],
  [['latest'], ['/PATH/3.16.0']],
  [
    ['3.9-3.13', '3.13'],
    ['/pyenv/3.9.18', '/explicit-path/3.11.7', '/pyenv/3.13.10'],
  ],
  [['>=3.13'], ['/pyenv/3.13.10', '/tool-cache/3.14.1', '/PATH/3.16.0']],
  [['>=3.11t'], ['/pyenv/3.13.5t']],
  [['3.7-3.10'], ['/pyenv/3.9.18']],
  [
    ['3.14', '3.9'],
    ['/tool-cache/3.14.1', '/pyenv/3.9.18'],
  ],
  [['3.13', '3.13.10', '3.13'], ['/pyenv/3.13.10']],
  [
    ['all'],
    [
      '/pyenv/3.9.18',
      '/explicit-path/3.11.7',
      '/tool-cache/3.13.0',
      '/PATH/3.13.2',
      '/pyenv/3.13.5t',
      '/pyenv/3.13.10',
      '/tool-cache/3.14.1',
      '/tool-cache/3.15.0rc1',
      '/PATH/3.16.0',
    ],
  ],
])('%j chooses %j', (requested, expected) => {
  const selection = selectInterpreters(requested, discovery);
  expect(selection.interpreters.map(({ realPath }) => realPath.replace('/bin/python', ''))).toEqual(expected);
  expect(selection.unavailable).toEqual([]);
});

test.each([
  ['3.12', ['No CPython 3.12 is at hand', '3.14.1, 3.13.10, 3.13.5t', 'setup-python', 'pyenv install 3.12']],
  ['3.13.1', ['No CPython 3.13.1 is at hand', '3.13.10']],
  ['3.13.10t', ['No free-threaded CPython 3.13.10t is at hand']],
  ['3.14t', ['No free-threaded CPython 3.14t is at hand', "python-version: '3.14t'"]],
  ['3.13.5', ['No CPython 3.13.5 is at hand', '3.13.5t']],
  ['3.12', ["Looked at: the tool cache /cache/Python, uv's folder /uv (not there), PATH.", 'python-install: missing']],
  ['3.12-3.12', ['No CPython 3.12-3.12 is at hand as a final release', '3.13.10']],
  ['3.15-3.15', ['as a final release', '3.15.0rc1']],
  ['>=3.14t', ['No free-threaded CPython >=3.14t', '3.13.5t']],
  ['3.13-3.9', ['Nothing lies in the range 3.13-3.9', '3.9-3.13']],
  ['3.13-3.9t', ['3.9-3.13t']],
  ['3.6-3.8', ['Python 3.6-3.8 is not supported']],
  ['<3.14', ['neither a version nor a path', 'without one: 3.10-3.13']],
  ['3.8', ['Python 3.8 is not supported', 'oldest supported version is 3.9']],
  ['2.7', ['Python 2.7 is not supported', 'oldest supported version is 3.9']],
  ['3.1', ['quote it']],
  ['/nope', ['"/nope" does not exist', '3.9 or newer']],
  ['./old', ['"./old" is Python 3.8.18', '3.9']],
  ['/pypy', ['"/pypy" is pypy 3.10.14', 'only CPython']],
  ['/never/looked/at', ['was not looked at']],
  ['python3.13', ['neither a version nor a path', '3.13t']],
])('%j is unavailable, with the reason and the remedy, and is never replaced', (requested, parts) => {
  const selection = selectInterpreters([requested, '3.14'], discovery);
  expect(selection.interpreters.map(({ facts }) => facts.version)).toEqual(['3.14.1']);
  expect(selection.unavailable.map((item) => item.requested)).toEqual([requested]);
  for (const part of parts) expect(selection.unavailable[0]?.reason).toContain(part);
});

test.each([[[]], [['all']]])('nothing supported at hand: %j says what was found and what to do', (requested) => {
  const found = { interpreters: [interpreter('3.8.18', 'PATH'), interpreter('pypy 3.10.14', 'PATH')], refused: [], searched: [] };
  const { interpreters, unavailable } = selectInterpreters(requested, found);
  expect(interpreters).toEqual([]);
  expect(unavailable[0]?.reason).toContain('found: cpython 3.8.18, pypy 3.10.14');
  expect(selectInterpreters(requested, { interpreters: [], refused: [], searched: [] }).unavailable[0]?.reason).toContain(
    'no Python was found',
  );
});

test('a pre-release is chosen unasked only when there is nothing else', () => {
  const only = { interpreters: [interpreter('3.15.0rc1', 'PATH'), interpreter('3.15.0t', 'PATH')], refused: [], searched: [] };
  expect(selectInterpreters([], only).interpreters.map(({ facts }) => facts.version)).toEqual(['3.15.0rc1']);
});

test('one interpreter is enough', () => {
  const only = { interpreters: [interpreter('3.12.1', 'PATH')], refused: [], searched: [] };
  expect(selectInterpreters([], only)).toMatchObject({ interpreters: [only.interpreters[0]], unavailable: [] });
});

test('what a range is met without is told', () => {
  expect(selectInterpreters(['3.9-3.13', '3.13', '>=3.13'], discovery).notes).toEqual([
    'Python 3.9-3.13: left out, because not at hand as a supported final release: 3.10, 3.12',
    'Python >=3.13: left out, because not at hand as a supported final release: 3.15',
  ]);
  expect(selectInterpreters(['3.7-3.999'], discovery).notes[0]).toMatch(/: 3\.7, 3\.8, 3\.10, .* and \d+ more$/);
  expect(selectInterpreters(['3.13-3.14'], discovery).notes).toEqual([]);
});
