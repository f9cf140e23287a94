import type { z } from 'zod';
import type { UncheckedObject } from './migrations.ts';

declare global {
  interface JSON {
    /** ECMAScript proposal "JSON.parse source text access", in V8 since 11.4: a text that is written as it is. */
    rawJSON(text: string): object;
  }
}

/** What was read, or the sentence that says why it was not. */
export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

/** Reads a JSON object; `what` is the object of "It is not": "a results document". Never throws. */
export function parseObject(source: string, what: string): Read<UncheckedObject> {
  const reserved = reservedName(source, what);
  return reserved === null ? parseAnyObject(source, what) : { ok: false, reason: reserved };
}

/** The same for a large text; whoever takes it looks for reserved names, by `hasReservedKey` or else by `reservedName`. */
export function parseAnyObject(source: string, what: string): Read<UncheckedObject> {
  const parsed = parseJson(source);
  if (!parsed.ok) return parsed;
  if (isObject(parsed.value)) return { ok: true, value: parsed.value };
  return { ok: false, reason: `It is not ${what}: it is no JSON object.` };
}

/** A schema would drop such a key in silence; a text that holds one was not written by this program. Null for any other. */
export function reservedName(source: string, what: string): string | null {
  if (!source.includes('"__proto__"') || !/"__proto__"\s*:/.test(source)) return null;
  return `It is not ${what}: it holds the reserved name __proto__.`;
}

/** Whether a key like that is anywhere in a value that passed its schema, which therefore is no deeper than its schema. */
export function hasReservedKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.hasOwn(value, '__proto__') || Object.values(value).some(hasReservedKey);
}

function parseJson(source: string): Read<unknown> {
  try {
    return { ok: true, value: JSON.parse(source) };
  } catch (error) {
    return { ok: false, reason: `It is not JSON: ${error instanceof Error ? printable(error.message, 120) : 'unreadable'}.` };
  }
}

function isObject(value: unknown): value is UncheckedObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One line of JSON. Numbers that are not finite cannot be written: they would read back as null. */
export function jsonLine(value: unknown, numberText: (value: number) => string = String): string {
  return JSON.stringify(value, (key, each: unknown) => {
    if (typeof each !== 'number') return each;
    if (!Number.isFinite(each)) throw new Error(`a number that is not finite at "${key}" cannot be written`);
    return numberText === String ? each : JSON.rawJSON(numberText(each));
  });
}

/** The shortest text of a finite number: "176e-6" for 0.000176. It reads back as the same number. */
export function shortestNumber(value: number): string {
  const plain = JSON.stringify(value);
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  const [whole = '', decimals = ''] = mantissa.split('.');
  const scaled = `${whole}${decimals}e${Number(exponent) - decimals.length}`;
  return scaled.length < plain.length ? scaled : plain;
}

/** The first fault that a schema found: where, and what. */
export function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'unknown fault';
  const path = printable(issue.path.map(String).join('.'), 200);
  const message = printable(issue.message, 300);
  return path === '' ? message : `${path}: ${message}`;
}

/** Quoted input without what could disturb a terminal or a log. */
function printable(text: string, longest: number): string {
  return text
    .slice(0, longest)
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '�');
}
