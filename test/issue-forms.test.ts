import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const folder = join(import.meta.dirname, '..', '.github', 'ISSUE_TEMPLATE');
const read = (file: string): unknown => parse(readFileSync(join(folder, file), 'utf8'));

const id = z.string().regex(/^[a-z]+$/);
const validations = z.strictObject({ required: z.boolean() }).default({ required: false });
const described = { label: z.string(), description: z.string().optional(), placeholder: z.string().optional() };

/** What GitHub takes as a form; one with any other key is shown as an error in its place. */
const form = z.strictObject({
  name: z.string(),
  description: z.string(),
  labels: z.array(z.string()).min(1),
  body: z.array(
    z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('markdown'), attributes: z.strictObject({ value: z.string() }) }),
      z.strictObject({ type: z.literal('input'), id, validations, attributes: z.strictObject(described) }),
      z.strictObject({
        type: z.literal('textarea'),
        id,
        validations,
        attributes: z.strictObject({ ...described, render: z.enum(['text', 'yaml']).optional() }),
      }),
      z.strictObject({
        type: z.literal('dropdown'),
        id,
        validations,
        attributes: z.strictObject({ ...described, options: z.array(z.string()).min(2) }),
      }),
    ]),
  ),
});

const forms = readdirSync(folder).filter((file) => file !== 'config.yml');

describe.each(forms)('the form %s', (file) => {
  it('is one that GitHub shows, with an id for each field and something to fill in', () => {
    const { body } = form.parse(read(file));
    const ids = body.flatMap((field) => (field.type === 'markdown' ? [] : [field.id]));
    expect(new Set(ids).size).toBe(ids.length);
    expect(body.some((field) => field.type !== 'markdown' && field.validations.required)).toBe(true);
  });
});

describe('the forms', () => {
  it('ask who doubts a verdict for what it was reached from', () => {
    const { body } = form.parse(read('false_alarm.yml'));
    const required = body.flatMap((field) => (field.type !== 'markdown' && field.validations.required ? [field.id] : []));
    expect(required).toEqual(expect.arrayContaining(['report', 'results', 'version']));
  });

  it('are the only way to an issue, and vulnerabilities have another', () => {
    expect(read('config.yml')).toMatchObject({ blank_issues_enabled: false });
    expect(JSON.stringify(read('config.yml'))).toContain('/security/advisories/new');
  });

  it('are refused with a key that GitHub does not know', () => {
    const valid = { name: 'a', description: 'a', labels: ['a'], body: [] };
    expect(form.safeParse(valid).success).toBe(true);
    expect(form.safeParse({ ...valid, label: ['a'] }).success).toBe(false);
    expect(form.safeParse({ ...valid, body: [{ type: 'checkbox', id: 'a', attributes: { label: 'a' } }] }).success).toBe(false);
  });
});
