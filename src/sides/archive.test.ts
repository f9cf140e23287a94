import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { unpackArchive } from './archive.ts';

let root: string;
let made = 0;

beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'archive-')));
  writeFileSync(join(root, 'secret.txt'), 'outside');
});
afterAll(() => rmSync(root, { recursive: true }));

/** An entry of a tar file as its bytes say it, which no program would write. Types: 0 file, 1 hard link, 2 link, 3 device, 5 folder. */
interface Entry {
  readonly name: string;
  readonly type?: '0' | '1' | '2' | '3' | '5';
  readonly link?: string;
  readonly text?: string;
}

function block({ name, type = '0', link = '', text = '' }: Entry): Buffer {
  const header = Buffer.alloc(512);
  const field = (value: string, offset: number) => header.write(value, offset, 'latin1');
  field(name, 0);
  field('0000644\0', 100);
  field(`${text.length.toString(8).padStart(11, '0')}\0`, 124);
  field('00000000000\0', 136);
  field(' '.repeat(8), 148);
  field(type, 156);
  field(link, 157);
  field('ustar\0', 257);
  field('00', 263);
  const sum = header.reduce((total, byte) => total + byte, 0);
  field(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const body = Buffer.alloc(Math.ceil(text.length / 512) * 512);
  body.write(text, 'latin1');
  return Buffer.concat([header, body]);
}

function tarball(...entries: readonly Entry[]): { readonly file: string; readonly folder: string } {
  made += 1;
  const file = join(root, `${made}.tar.gz`);
  writeFileSync(file, gzipSync(Buffer.concat([...entries.map(block), Buffer.alloc(1024)])));
  return { file, folder: join(root, `tree-${made}`) };
}

const unpack = (archive: { readonly file: string; readonly folder: string; readonly limitBytes?: number }) =>
  unpackArchive({ ...archive, signal: new AbortController().signal });

test('files, folders and links within the tree are unpacked without their common folder', async () => {
  const archive = tarball(
    { name: 'o-r/', type: '5' },
    { name: 'o-r/sub/', type: '5' },
    { name: 'o-r/sub/a.txt', text: 'inside' },
    { name: 'o-r/up', type: '2', link: 'sub/../sub/a.txt' },
    { name: 'o-r/nowhere', type: '2', link: 'sub/none' },
  );
  expect(await unpack(archive)).toBeNull();
  expect(readdirSync(archive.folder).sort()).toEqual(['nowhere', 'sub', 'up']);
  expect(readFileSync(join(archive.folder, 'up'), 'utf8')).toBe('inside');
});

const hostile: readonly (readonly [string, RegExp, readonly Entry[]])[] = [
  ['an absolute path', /would lie outside/, [{ name: '/evil/x.txt', text: 'evil' }]],
  ['a path upwards', /would lie outside/, [{ name: 'o-r/../../evil.txt', text: 'evil' }]],
  ['a link upwards', /the link "l" leads outside/, [{ name: 'o-r/l', type: '2', link: '../secret.txt' }]],
  ['an absolute link', /the link "sub\/l" leads outside/, [{ name: 'o-r/sub/l', type: '2', link: '/etc/hostname' }]],
  ['a link to nothing outside', /leads outside/, [{ name: 'o-r/l', type: '2', link: '../not-there-yet' }]],
  [
    'a link through a link',
    /leads outside/,
    [
      { name: 'o-r/a/b/', type: '5' },
      { name: 'o-r/down', type: '2', link: 'a/b' },
      { name: 'o-r/a/b/up', type: '2', link: '../..' },
      { name: 'o-r/l', type: '2', link: 'a/b/up/../secret.txt' },
    ],
  ],
  [
    'a file through a link',
    /leads outside|cannot be unpacked/,
    [
      { name: 'o-r/l', type: '2', link: '..' },
      { name: 'o-r/l/evil.txt', text: 'evil' },
    ],
  ],
  ['a hard link to outside', /cannot be unpacked/, [{ name: 'o-r/h', type: '1', link: '../secret.txt' }]],
  ['a device', /is no file, folder or link|cannot be unpacked/, [{ name: 'o-r/null', type: '3' }]],
];

test.each(hostile)('%s is refused, and nothing is written outside', async (_, reason, entries) => {
  const refused = await unpack(tarball({ name: 'o-r/ok.txt', text: 'ok' }, ...entries));
  expect(refused).toMatchObject({ ok: false, reason: expect.stringMatching(reason), remedy: expect.stringContaining('fetch-depth: 0') });
  expect([existsSync(join(root, 'evil.txt')), existsSync('/evil')]).toEqual([false, false]);
  expect(readFileSync(join(root, 'secret.txt'), 'utf8')).toBe('outside');
});

test('the check fires for an unpacker that believes what an archive says', () => {
  const believed = hostile.filter(([, , entries]) => {
    const { file, folder } = tarball({ name: 'o-r/ok.txt', text: 'ok' }, ...entries);
    mkdirSync(folder);
    return spawnSync('tar', ['-xzf', file, '--strip-components=1', '-C', folder]).status === 0;
  });
  expect(believed.map(([what]) => what)).toEqual(expect.arrayContaining(['a link upwards', 'an absolute link', 'a link through a link']));
});

test('more than the limit is refused, however small the file is', async () => {
  const zeros = { name: 'o-r/zeros', text: '\0'.repeat(1_000_000) };
  expect(await unpack({ ...tarball(zeros), limitBytes: 1_100_000 })).toBeNull();
  const refused = await unpack({ ...tarball(zeros), limitBytes: 900_000 });
  expect(refused).toMatchObject({ ok: false, reason: expect.stringContaining('more than the 900000 bytes') });
});

test.each([
  ['cut off', (file: string) => truncateSync(file, 60)],
  ['empty', (file: string) => writeFileSync(file, '')],
  ['an empty archive', (file: string) => writeFileSync(file, gzipSync(Buffer.alloc(1024)))],
  ['no archive', (file: string) => writeFileSync(file, gzipSync(Buffer.from('text '.repeat(500))))],
  ['not there', (file: string) => rmSync(file)],
])('a file that is %s is refused', async (_, damage) => {
  const archive = tarball({ name: 'o-r/a.txt', text: 'a' }, { name: 'o-r/b.txt', text: 'b' });
  damage(archive.file);
  expect(await unpack(archive)).toMatchObject({ ok: false, reason: expect.stringContaining(`${archive.file}, cannot be unpacked`) });
});

test('a machine without tar is told to install it', async () => {
  const path = process.env['PATH'];
  process.env['PATH'] = '/nonexistent';
  try {
    expect(await unpack(tarball({ name: 'o-r/a.txt' }))).toMatchObject({ ok: false, remedy: expect.stringContaining('Install tar') });
  } finally {
    process.env['PATH'] = path;
  }
});

test('what git writes is read', async () => {
  const source = join(root, 'source');
  execFileSync('git', ['init', '--quiet', source]);
  writeFileSync(join(source, `${'long-name-'.repeat(20)}.txt`), 'x');
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false'];
  execFileSync('git', ['-C', source, 'add', '.']);
  execFileSync('git', ['-C', source, ...identity, 'commit', '--quiet', '-m', 'x']);
  const archive = { file: join(root, 'git.tar.gz'), folder: join(root, 'git-tree') };
  execFileSync('git', ['-C', source, 'archive', '--format=tar.gz', '--prefix=o-r/', `--output=${archive.file}`, 'HEAD']);
  expect(await unpack(archive)).toBeNull();
  expect(readdirSync(archive.folder)).toEqual([`${'long-name-'.repeat(20)}.txt`]);
});
