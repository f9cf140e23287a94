import { expect, test } from 'vitest';
import { type Document, paragraph, table, text } from './document.ts';
import { markdownOf } from './markdown.ts';
import { utf8Bytes } from './plain-text.ts';
import { markdownWithin } from './size-limit.ts';

const rows = (name: string, count: number) => Array.from({ length: count }, (_, row) => [[text(`${name} ${row} ${'x'.repeat(80)}`)]]);
const urgent = table(['urgent'], rows('urgent', 40));
const later = table(['later'], rows('later', 10));
const folded = table(['folded'], rows('folded', 20));
const document: Document = [paragraph(text('headline')), urgent, later, { kind: 'fold', summary: 'more', blocks: [folded] }];
const whole = utf8Bytes(markdownOf(document));
const count = (markdown: string, name: string) => markdown.split('\n').filter((line) => line.startsWith(`| ${name} `)).length - 1;

test('cuts what is folded first, then the last table, and the most urgent one last', () => {
  const some = markdownWithin(document, whole - 500);
  expect([count(some, 'urgent'), count(some, 'later')]).toEqual([40, 10]);
  expect(count(some, 'folded')).toBeLessThan(20);
  const more = markdownWithin(document, whole - 1900);
  expect(count(more, 'urgent')).toBe(40);
  expect(count(more, 'later')).toBeLessThan(10);
  const most = markdownWithin(document, whole - 3500);
  expect(count(most, 'urgent')).toBeLessThan(40);
  expect(most).toContain('headline');
});
