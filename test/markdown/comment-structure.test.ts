import { describe, expect, test } from 'vitest';
import { renderComment } from '../../src/render/comment.ts';
import { commentOptions, fiftyCells, scenarioReport } from '../golden/comment-scenarios.ts';
import { commentFaults, parsedComment, skeleton } from './comment-faults.ts';
import { hasCmark } from './github-html.ts';

const reports = [
  ['fifty cells', fiftyCells],
  ...['no-cells', 'confirmed-regression', 'broken-cell', 'own-workload-hostile', 'hostile-workload-names'].map(
    (name) => [name, () => scenarioReport(name)] as const,
  ),
] as const;

describe.each(reports)('the comment of %s', (_, report) => {
  const markdown = renderComment(report(), commentOptions);

  test('is what it should be, by the parser of the JavaScript world', () => {
    const comment = parsedComment(markdown, 'remark');
    expect(commentFaults(comment, { name: commentOptions.name, harmless: comment })).toEqual([]);
  });

  test.skipIf(!hasCmark())('is the same by GitHub’s own, which breaks a comment’s lines where the source does', () => {
    const [ours, theirs] = [parsedComment(markdown, 'remark'), parsedComment(markdown, 'cmark-gfm')];
    expect(plain(skeleton(theirs.tree))).toBe(plain(skeleton(ours.tree)));
  });
});

/** Without the attributes, in which the two spell the language of a code block differently. */
function plain(elements: string): string {
  return elements.replaceAll(/<(\w+) [^>]*>/g, '<$1>');
}
