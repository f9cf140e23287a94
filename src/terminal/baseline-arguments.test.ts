import { describe, expect, it } from 'vitest';
import { UserError } from '../model/user-error.ts';
import { readArguments } from './arguments.ts';

function read(line: string) {
  const command = readArguments(['baseline', ...(line.match(/"[^"]*"|\S+/g)?.map((word) => word.replaceAll('"', '')) ?? [])]);
  if (command.kind !== 'baseline') throw new Error(`read as ${command.kind}`);
  return command;
}

describe('the baseline commands', () => {
  it.each([
    ['list', { kind: 'list' }],
    ['verify', { kind: 'verify' }],
    ['show', { kind: 'show', cells: null }],
    ['show chat_server/asyncio/*', { kind: 'show', cells: 'chat_server/asyncio/*' }],
    ['export baseline.json', { kind: 'export', file: 'baseline.json' }],
    ['import ./a/b.json', { kind: 'import', file: './a/b.json' }],
    [
      'accept --cells a/* --commit 1A2B3C4 --why "a reason"',
      { kind: 'accept', cells: ['a/*'], commit: '1a2b3c4', why: 'a reason', by: null },
    ],
    [
      'accept --cells "a/*, fan_out[n=1,m=2]/*/x a/*" --commit 1a2b3c4 --why x --by me',
      { kind: 'accept', cells: ['a/*', 'fan_out[n=1,m=2]/*/x'], commit: '1a2b3c4', why: 'x', by: 'me' },
    ],
    ['prune --keep 10', { kind: 'prune', keep: 10, olderThan: null, commits: [], runIds: [], damaged: false }],
    ['prune --older-than 90d', { kind: 'prune', keep: null, olderThan: { days: 90 }, commits: [], runIds: [], damaged: false }],
    [
      'prune --older-than 2026-09-01 --commits 1A2B3C4,2b3c4d5e --runs 7,8 --damaged',
      {
        ...{ kind: 'prune', keep: null, olderThan: { instant: '2026-09-01T00:00:00.000Z' } },
        ...{ commits: ['1a2b3c4', '2b3c4d5e'], runIds: ['7', '8'], damaged: true },
      },
    ],
  ])('reads %s', (line, action) => {
    expect(read(line)).toEqual({ kind: 'baseline', action, repository: null, json: false, flags: {} });
  });

  it('reads where the baseline is, apart from what is to be done', () => {
    expect(read('list --json --baseline-store branch --repository octo/project.py --baseline-branch b')).toEqual({
      ...{ kind: 'baseline', action: { kind: 'list' }, repository: 'octo/project.py', json: true },
      flags: { 'baseline-store': 'branch', 'baseline-branch': 'b' },
    });
    expect(read('accept --cells a --commit 1a2b3c4 --why x --baseline-path p').flags).toEqual({ 'baseline-path': 'p' });
  });

  it.each([
    ['', /baseline takes a command, and none is given\. The commands are baseline list, show/],
    ['lst', /There is no command "baseline lst"\. Did you mean baseline list\?/],
    ['list x', /baseline list: Unexpected argument 'x'/],
    ['list --keep 3', /baseline list: Unknown option '--keep'/],
    ['show a b', /baseline show: Unexpected argument 'b'/],
    ['export', /baseline export takes a file\. Write: .*baseline export baseline\.json/],
    ['import a b', /baseline import: Unexpected argument 'b'/],
    ['accept --commit 1a2b3c4 --why x', /--cells is not given\. Add for example --cells/],
    ['accept --cells a --why x', /--commit is not given/],
    ['accept --cells a --commit 1a2b3c4', /--why is not given/],
    ['accept --cells a --commit 1a2b3c4 --why " "', /--why is not given/],
    ['accept --cells a --commit main --why x', /accept: --commit is "main"\. Give a commit, 7 to 40 hex digits/],
    ['prune', /nothing is named\. Add --keep 10/],
    ['prune --keep 0', /--keep is "0"/],
    ['prune --older-than 90', /--older-than is "90"\. Give days, such as 90d/],
    ['prune --older-than 2026-13-01', /--older-than is "2026-13-01"/],
    ['prune --commits abc', /prune: --commits is "abc"/],
    ['list --repository octo', /--repository is "octo"\. Write it as OWNER\/NAME/],
    ['list --repository octo/a/b', /--repository/],
    ['list --repository "octo/a b"', /--repository/],
  ])('refuses %j', (line, message) => {
    expect(() => read(line)).toThrow(UserError);
    expect(() => read(line)).toThrow(message);
  });
});
