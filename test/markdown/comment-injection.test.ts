import { describe, expect, test } from 'vitest';
import type { renderComment } from '../../src/render/comment.ts';
import { escapeMarkdown } from '../../src/render/markdown-escape.ts';
import { singleLine } from '../../src/render/plain-text.ts';
import { count } from '../hostile/counts.ts';
import { withParts } from './broken-module.ts';
import { commentFaults, type ParsedComment, parsedComment, visibleText } from './comment-faults.ts';
import { hasCmark, type Parser } from './github-html.ts';
import { injections } from './injections.ts';
import { commentWith, harmless, type Sink, sinks } from './sinks.ts';

const parsers: readonly Parser[] = ['remark', 'cmark-gfm'];
const places = parsers.flatMap((parser) => sinks.map((sink) => ({ parser, sink })));

/** A parser for checks that need only one: GitHub's own where it is at hand. */
const anyParser: Parser = hasCmark() ? 'cmark-gfm' : 'remark';

const known = new Map<string, ParsedComment>();

/** The comment without foreign text, parsed once. */
function expected(sink: Sink, parser: Parser): ParsedComment {
  const key = `${sink} ${parser}`;
  const comment = known.get(key) ?? parsedComment(commentWith(sink, harmless), parser);
  known.set(key, comment);
  return comment;
}

const nameIn = (sink: Sink, injection: string) => (sink === 'name' ? injection : 'nightly');

test('there are forty, all different', () => {
  expect(new Set(injections).size).toBe(40);
});

describe.each(places)('$sink, parsed by $parser', ({ sink, parser }) => {
  test.skipIf(parser === 'cmark-gfm' && !hasCmark())('is nothing but text, whatever it is', ({ task }) => {
    count(task, { tried: injections.length });
    const plain = expected(sink, parser);
    for (const injection of injections) {
      const comment = parsedComment(commentWith(sink, injection), parser);
      expect(commentFaults(comment, { name: nameIn(sink, injection), harmless: plain }), JSON.stringify(injection)).toEqual([]);
      expect(visibleText(comment)).toContain(singleLine(injection).trim().replaceAll(/\s+/g, ' '));
    }
  });
});

/** The comment as it would be with one part of the escaping switched off. */
async function renderWithout(parts: object): Promise<typeof renderComment> {
  const broken = await withParts('markdown-escape', parts, () => import('../../src/render/comment.ts'));
  return broken.renderComment;
}

const asItIs = (content: string) => singleLine(content);

describe('the check fires', () => {
  const faultsOf = (render: typeof renderComment, sink: Sink, injection: string) =>
    commentFaults(parsedComment(commentWith(sink, injection, render), anyParser), {
      name: nameIn(sink, injection),
      harmless: expected(sink, anyParser),
    });
  const caught = (render: typeof renderComment, sink: Sink) => injections.filter((each) => faultsOf(render, sink, each).length > 0).length;

  test.each(['base origin', 'name', 'error text', 'python label'] as const)('for %s when text is not escaped', async (sink) => {
    expect(caught(await renderWithout({ escapeMarkdown: asItIs }), sink)).toBeGreaterThan(15);
  });

  test('for a workload when code is not escaped', async () => {
    expect(caught(await renderWithout({ escapeCode: (content: string) => `\`${asItIs(content)}\`` }), 'workload')).toBeGreaterThan(3);
  });

  test('when a fence is never made longer', async () => {
    expect(caught(await renderWithout({ fenceFor: () => '```' }), 'error text')).toBeGreaterThan(0);
  });

  test.each([
    ['a column', '|', 'a|b|c'],
    ['a mention', '@', '@octocat @octo/team mail@e.vil'],
    ['an issue reference', '#', '#1 GH-1 octo/chat#1 octo/chat@deadbeef'],
    ['an emoji', ':', ':tada: :octocat: :+1: :100:'],
    ['a link', '[]', '[click](https://e.vil)'],
    ['HTML', '<>', '<img src=x onerror=alert(1)>'],
    ['emphasis', '*', '$$x^2$$ $`x`$ **bold** _em_ ~~del~~ - [ ] task'],
  ])('for %s when only %s is let through', async (_, characters, injection) => {
    const leaky = (content: string) =>
      Array.from(characters).reduce(
        (escaped, character) => escaped.replaceAll(`&#${character.charCodeAt(0)};`, character).replaceAll(`${character}\u200b`, character),
        escapeMarkdown(content),
      );
    expect(faultsOf(await renderWithout({ escapeMarkdown: leaky }), 'base origin', injection)).not.toEqual([]);
  });
});
