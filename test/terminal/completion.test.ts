import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { concurrencyModels } from '../../src/model/concurrency-model.ts';
import { commands } from '../../src/terminal/commands.ts';
import { firstWords as completedFirstWords } from '../../src/terminal/completed-words.ts';
import { completionScript } from '../../src/terminal/completion.ts';
import { shells } from '../../src/terminal/completion-arguments.ts';
import { cli, variables } from './program.ts';
import { inTerminal } from './pseudo-terminal.ts';

const firstWords = [...new Set(commands.map(({ name }) => name.split(' ')[0]))];
/** A prompt at which the shell waits; some ask for pasted text in brackets then. */
const prompt = '[$#%] (\\x1b\\[\\?2004h)?$';
let folder: string;

const fish = 'fish';

/** Not every machine has every shell; bash is needed. */
const has = (shell: string) => spawnSync(shell, ['-c', 'true']).status === 0;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'completion-'));
  for (const shell of shells) writeFileSync(join(folder, `script.${shell}`), completionScript(shell, commands));
  writeFileSync(join(folder, '_concurrency-regressions'), completionScript('zsh', commands));
  mkdirSync(join(folder, 'trees'));
  writeFileSync(join(folder, 'before.json'), '');
  writeFileSync(join(folder, 'with blank.json'), '');
  writeFileSync(join(folder, '[ab]*.json'), '');
});

/** What bash offers for the last of the words, by the function that the script registers. */
function bashOffers(...words: readonly string[]): readonly string[] {
  const program = `
    source ${folder}/script.bash
    COMP_WORDS=(concurrency-regressions "$@"); COMP_CWORD=$#
    definition=$(complete -p concurrency-regressions)
    [[ $definition =~ -F\\ ([^ ]+) ]] && "\${BASH_REMATCH[1]}"
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['--norc', '-c', program, 'bash', ...words], { cwd: folder, encoding: 'utf8' })
    .split('\n')
    .filter((line) => line !== '');
}

describe('the first words', () => {
  it('say of a word of several commands what may follow it', () => {
    const [run] = commands;
    if (run === undefined) throw new Error('there is no command');
    const group = ['cache show', 'cache clear'].map((name) => ({ ...run, name, summary: name }));
    expect([...completedFirstWords([run, ...group])]).toEqual([
      ['run', run.summary],
      ['cache', 'show, clear'],
    ]);
  });
});

describe('completion in bash', () => {
  it.each<[readonly string[], readonly string[]]>([
    [[''], firstWords.map(String)],
    [['ru'], ['run']],
    [
      ['baseline', ''],
      ['list', 'show', 'export', 'import', 'verify', 'accept', 'prune'],
    ],
    [['baseline', 'pr'], ['prune']],
    [['run', '--mod'], ['--models']],
    [['run', '--models', 'as'], ['asyncio']],
    [['run', '--models', ''], concurrencyModels],
    [['run', '--models', 'threads,as'], ['threads,asyncio']],
    [['run', '--models', '=', 'as'], ['asyncio']],
    [
      ['run', '--compare', ''],
      ['auto', 'baseline', 'pairs'],
    ],
    [['run', '--seed', ''], []],
    [['pairs', '--base', 'tr'], ['trees']],
    [['compare', 'bef'], ['before.json']],
    [['compare', 'with'], ['with blank.json']],
    [['run', '--results', 'with'], ['with blank.json']],
    [['compare', '[ab'], ['[ab]*.json']],
    [['compare', '--al'], ['--alpha']],
    [['baseline', 'prune', '--d'], ['--damaged']],
    [['baseline', 'list', '--d'], []],
    [['completion', ''], shells],
  ])('offers for %j', (words, offered) => {
    expect(bashOffers(...words).toSorted()).toEqual([...offered].toSorted());
  });

  it('is what the program prints', () => {
    const printed = execFileSync(process.execPath, [cli, 'completion', 'bash'], { encoding: 'utf8' });
    expect(printed).toBe(completionScript('bash', commands));
  });

  it('completes on the tabulator, a name with a blank as one word', async () => {
    const steps = [
      { when: prompt, send: 'source script.bash; concurrency-regressions() { printf "<%s>\\n" "$@"; }\r' },
      { when: prompt, send: 'concurrency-regressions check-w\t./x --mod\tasyn\t\r' },
      { when: '<asyncio>', send: 'concurrency-regressions compare with\t\r' },
      { when: '<with blank.json>', send: 'exit\r' },
    ];
    const env = { ...variables, TERM: 'dumb' };
    const session = await inTerminal({
      command: ['bash', '--norc', '--noprofile', '-i'],
      cwd: folder,
      env,
      columns: 100,
      steps,
      seconds: 20,
    });
    expect(session.left, session.printed).toBe(0);
    expect(session.printed).toMatch(/<check-workload>\s+<\.\/x>\s+<--models>\s+<asyncio>/);
  });
});

describe.skipIf(!has('zsh'))('completion in zsh', () => {
  it('completes a command, a flag, a value and an item of a list on the tabulator', async () => {
    const steps = [
      {
        when: prompt,
        send: 'fpath=($PWD $fpath); autoload -Uz compinit; compinit -u -D; concurrency-regressions() { print -l "<$^@>" }\r',
      },
      { when: prompt, send: 'concurrency-regressions simul\t--scen\tquiet,hostedS\t --js\t\r' },
      { when: '<--json>', send: 'concurrency-regressions baseline pru\t--dam\t\r' },
      { when: '<--damaged>', send: 'exit\r' },
    ];
    const env = { ...variables, TERM: 'dumb' };
    const session = await inTerminal({ command: ['zsh', '-f', '-i'], cwd: folder, env, columns: 100, steps, seconds: 20 });
    expect(session.left, session.printed).toBe(0);
    expect(session.printed).toMatch(/<simulate>\s+<--scenario=?>?\s*<?quiet,hostedSame>\s+<--json>/);
    expect(session.printed).toMatch(/<baseline>\s+<prune>\s+<--damaged>/);
  });
});

describe.skipIf(!has(fish))('completion in fish', () => {
  const offers = (line: string) =>
    execFileSync(fish, ['--no-config', '-c', `source script.fish; complete -C '${line}'`], { cwd: folder, encoding: 'utf8' })
      .split('\n')
      .flatMap((offer) => (offer === '' ? [] : [offer.split('\t')[0] ?? '']));

  it.each<[string, readonly string[]]>([
    ['concurrency-regressions ', firstWords.map(String)],
    ['concurrency-regressions ru', ['run']],
    ['concurrency-regressions baseline ', ['list', 'show', 'export', 'import', 'verify', 'accept', 'prune']],
    ['concurrency-regressions run --mod', ['--models']],
    ['concurrency-regressions run --compare ', ['auto', 'baseline', 'pairs']],
    ['concurrency-regressions compare bef', ['before.json']],
    ['concurrency-regressions compare with', ['with blank.json']],
    ['concurrency-regressions baseline prune --dam', ['--damaged']],
    ['concurrency-regressions run --models threads,async', ['threads,asyncio']],
  ])('offers for "%s"', (line, offered) => {
    expect(offers(line).toSorted()).toEqual([...offered].toSorted());
  });
});
