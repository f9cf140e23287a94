import { describe, expect, test } from 'vitest';
import { type Annotation, annotationsOf } from '../../src/render/check-run-annotations.ts';
import { singleLine } from '../../src/render/plain-text.ts';
import { count } from '../hostile/counts.ts';
import { withParts } from './broken-module.ts';
import { injections } from './injections.ts';
import { harmless, reportWith, type Sink } from './sinks.ts';

/** Where text from outside comes into an annotation. */
const annotationSinks = ['workload', 'error text', 'python label'] as const;

/** One line without a character that is not seen, or that turns the direction of writing. */
const plainLine = /^[^\p{C}\p{Zl}\p{Zp}]+$/u;

/** The annotations of a report in which one text from outside is the given one. */
function annotationsWith(sink: Sink, content: string, make: typeof annotationsOf = annotationsOf): readonly Annotation[] {
  const files = new Map([
    [sink === 'workload' ? content : 'my queue', 'bench/my_queue.py'],
    ['spawn', 'bench/spawn.py'],
  ]);
  return make(reportWith(sink, content), files);
}

/** What is the same whatever the text is. */
const shapes = (annotations: readonly Annotation[]) =>
  annotations.map(({ path, line, level, message }) => ({ path, line, level, lines: message.split('\n').length }));

function faultsOf(annotations: readonly Annotation[], sink: Sink): readonly string[] {
  const lines = annotations.flatMap(({ title, message }) => [title, ...message.split('\n')]);
  return [
    ...lines.filter((line) => !plainLine.test(line)).map((line) => `no plain line: ${JSON.stringify(line)}`),
    ...annotations.filter(({ title, message }) => title.length > 255 || message.length > 65_536).map(({ path }) => `too long at ${path}`),
    ...(JSON.stringify(shapes(annotations)) === JSON.stringify(shapes(annotationsWith(sink, harmless))) ? [] : ['another shape']),
  ];
}

describe.each(annotationSinks)('%s', (sink) => {
  test('is text on one line of an annotation, whatever it is', ({ task }) => {
    count(task, { tried: injections.length });
    for (const injection of injections) {
      const annotations = annotationsWith(sink, injection);
      expect(annotations).toHaveLength(2);
      expect(faultsOf(annotations, sink), JSON.stringify(injection)).toEqual([]);
      expect(annotations.map(({ title, message }) => title + message).join('\n')).toContain(singleLine(injection).trimEnd());
    }
  });

  test('is caught where it is left as it is', async () => {
    const asItIs = { singleLine: (content: string) => content };
    const broken = await withParts('plain-text', asItIs, () => import('../../src/render/check-run-annotations.ts'));
    const caught = injections.filter((injection) => faultsOf(annotationsWith(sink, injection, broken.annotationsOf), sink).length > 0);
    expect(caught.length).toBeGreaterThan(5);
  });
});
