import { createHash } from 'node:crypto';
import { journalLine } from '../../src/baseline/journal-line.ts';
import { type Random, seededRandom } from '../../src/stats/random.ts';

/** A file with something wrong in it. */
export interface Mutation {
  /** What was done: the family, and where. */
  readonly name: string;
  readonly bytes: Buffer;
  /** Whether the digest of a changed line was made anew, as somebody would who means harm. */
  readonly signed: boolean;
}

/** What a family of mutations works with. */
interface Draw {
  readonly bytes: Buffer;
  readonly lines: readonly string[];
  readonly random: Random;
}

type Family = (draw: Draw) => Buffer;

const upTo = (random: Random, most: number) => Math.floor(random() * most);
const pick = <T>(random: Random, all: readonly T[]): T => {
  const one = all[upTo(random, all.length)];
  if (one === undefined) throw new Error('there is nothing to pick from');
  return one;
};

const between = ({ bytes }: Draw, start: number, end: number, text: Buffer | string) =>
  Buffer.concat([bytes.subarray(0, start), Buffer.from(text), bytes.subarray(end)]);

/** Applies an edit to one line's text. */
function lineEdit(edit: (line: string, random: Random) => string): Family {
  return ({ lines, random }) => {
    const at = upTo(random, lines.length);
    const line = lines[at] ?? '';
    const edited = edit(line, random);
    // The digest of a journal's line keeps no attacker out, and behind it is what is to be tried.
    const isSigned = journalCheck.test(line) && upTo(random, 4) > 0;
    return Buffer.from(`${lines.with(at, isSigned ? signedJournalLine(edited) : edited).join('\n')}\n`);
  };
}

const rawNumbers = [
  'NaN',
  'Infinity',
  '-Infinity',
  '1e400',
  '-1e400',
  '-1',
  '-0',
  '1e308',
  '9007199254740993',
  '00',
  '0x10',
  '1e-400',
  '0.1.2',
];
const wrongValues: readonly unknown[] = [
  null,
  true,
  false,
  '',
  'x',
  'a\u0007',
  -1,
  0.5,
  1e308,
  [],
  {},
  [[]],
  [null],
  '__proto__',
  'constructor',
  2 ** 60,
];
const hostileKeys = ['__proto__', 'constructor', 'prototype', '\\u005f_proto__', 'toString', 'hasOwnProperty', ''];

/** Families of damage to bytes and text: none of these knows what a line means. */
const families: Readonly<Record<string, Family>> = {
  'flipped bit': (draw) => {
    const copy = Buffer.from(draw.bytes);
    const at = upTo(draw.random, copy.length);
    copy[at] = (copy[at] ?? 0) ^ (1 << upTo(draw.random, 8));
    return copy;
  },
  'deleted bytes': (draw) => {
    const at = upTo(draw.random, draw.bytes.length);
    return between(draw, at, at + 1 + upTo(draw.random, 200), '');
  },
  'duplicated bytes': (draw) => {
    const at = upTo(draw.random, draw.bytes.length);
    return between(draw, at, at, draw.bytes.subarray(at, at + 1 + upTo(draw.random, 400)));
  },
  'random bytes': (draw) => {
    const at = upTo(draw.random, draw.bytes.length);
    return between(draw, at, at, Buffer.from(Array.from({ length: 8 }, () => upTo(draw.random, 256))));
  },
  'line twice': ({ lines, random }) => Buffer.from(`${[...lines, pick(random, lines)].join('\n')}\n`),
  'line gone': ({ lines, random }) => Buffer.from(`${lines.toSpliced(upTo(random, lines.length), 1).join('\n')}\n`),
  'lines joined': ({ lines, random }) => {
    const at = upTo(random, lines.length);
    return Buffer.from(`${lines.slice(0, at).join('\n')}${lines.slice(at).join('\n')}\n`);
  },
  'raw number': lineEdit((line, random) => replacedNumber(line, random, pick(random, rawNumbers))),
  'duplicate key': lineEdit((line, random) => line.replace('{', `{"${pick(random, ['id', 'schema', 'kind', 'samples', 'runId'])}":1,`)),
  'hostile key': lineEdit((line, random) => insertedKey(line, random, pick(random, hostileKeys))),
  'deep nesting': lineEdit((line, random) => replacedNumber(line, random, '['.repeat(1e5) + ']'.repeat(1e5))),
  'byte order mark': lineEdit((line) => `\ufeff${line}`),
  'UTF-16': ({ bytes }) => Buffer.from(bytes.toString('utf8'), 'utf16le'),
  'carriage returns': ({ lines }) => Buffer.from(`${lines.join('\r\n')}\r\n`),
  'future version': lineEdit((line) => line.replace(/"schema":\d+/, '"schema":3')),
  'earlier version': lineEdit((line, random) =>
    line.replace(/"schema":\d+/, `"schema":${pick(random, ['1', '0', '-1', '1.5', '"2"', 'null'])}`),
  ),
};

function replacedNumber(line: string, random: Random, text: string): string {
  const numbers = [...line.matchAll(/(?<=[[,:])-?\d[\d.eE+-]*(?=[\],}])/g)];
  if (numbers.length === 0) return `${line}${text}`;
  const { index, 0: found } = pick(random, numbers);
  return line.slice(0, index) + text + line.slice(index + found.length);
}

function insertedKey(line: string, random: Random, key: string): string {
  const objects = [...line.matchAll(/\{(?=")/g)].map(({ index }) => index + 1);
  const at = objects.length === 0 ? 1 : pick(random, objects);
  return `${line.slice(0, at)}"${key}":{"polluted":1},${line.slice(at)}`;
}

/** Puts a value of another type at a place of the line's JSON, or takes the place away. */
function typeSwap(line: string, random: Random): string {
  const value = parsed(line);
  const places = placesOf(value);
  if (places.length === 0) return `${line}${JSON.stringify(pick(random, wrongValues))}`;
  const { holder, key } = pick(random, places);
  if (upTo(random, 8) === 0) Reflect.deleteProperty(holder, key);
  else Reflect.set(holder, key, pick(random, wrongValues));
  return JSON.stringify(value);
}

/** Null for what is no JSON, and for what an earlier damage nested deeper than can be written again. */
function parsed(line: string): unknown {
  try {
    return line.includes('['.repeat(1000)) ? null : JSON.parse(line);
  } catch {
    return null;
  }
}

function placesOf(value: unknown): readonly { readonly holder: object; readonly key: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => [{ holder: value, key }, ...placesOf(each)]);
}

const journalCheck = /,"check":("[0-9a-f]*"|[^,"{}]*)}$/;

/** A line of a journal with the digest of what it says now; one that is no such line any more stays as it is. */
function signedJournalLine(line: string): string {
  return journalCheck.test(line) ? journalLine(line.replace(journalCheck, '}')).trimEnd() : line;
}

/** A line of a stored run with the digest of what it says now. */
function signedLine(line: string): string {
  const rest = line.replace(/^\{"id":("[0-9a-f]*"|[^,]*),/, '');
  return `{"id":"${createHash('sha256').update(rest).digest('hex').slice(0, 16)}",${rest}`;
}

/** Every cut at five percent of the bytes, then seeded damage of all families in turn, then swapped types. */
export function mutationsOf(bytes: Buffer, count: number, seed: string): readonly Mutation[] {
  const lines = bytes.toString('utf8').trimEnd().split('\n');
  const cuts = Array.from({ length: 20 }, (_, at): Mutation => {
    const end = Math.floor((bytes.length * at) / 20);
    return { name: `cut at ${at * 5} %`, bytes: bytes.subarray(0, end), signed: false };
  });
  return [...cuts, ...Array.from({ length: count - cuts.length }, (_, at) => mutationOf({ bytes, lines }, at, seed))];
}

/** Damage number `at`: each family in turn, and swapped types as often as all of them. */
export function mutationOf({ bytes, lines }: Pick<Draw, 'bytes' | 'lines'>, at: number, seed: string): Mutation {
  const random = seededRandom(`${seed} ${at}`);
  const names = Object.keys(families);
  const name = names[at % (2 * names.length)];
  const family = name === undefined ? undefined : families[name];
  if (name !== undefined && family !== undefined) return { name: `${name} ${at}`, bytes: family({ bytes, lines, random }), signed: false };
  const signed = upTo(random, 4) > 0;
  const swapped = lineEdit((line, draw) => (signed && !journalCheck.test(line) ? signedLine(typeSwap(line, draw)) : typeSwap(line, draw)));
  return { name: `swapped type ${at}`, bytes: swapped({ bytes, lines, random }), signed };
}
