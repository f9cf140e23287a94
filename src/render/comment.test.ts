import { describe, expect, test } from 'vitest';
import { commentOptions, fiftyCells, scenarioReport } from '../../test/golden/comment-scenarios.ts';
import { scenarios } from '../../test/golden/scenarios.ts';
import { buildReport } from '../tables/report.ts';
import { renderComment } from './comment.ts';
import { readMarker } from './comment-marker.ts';
import { escapeMarkdown } from './markdown-escape.ts';
import { reportDocument } from './report.ts';

const comment = renderComment(fiftyCells(), commentOptions);
const titles = (markdown: string) =>
  [...markdown.matchAll(/^(?:#{2,4} |<summary>)(.+?)(?: \(.*| ?:.*)?(?:<\/summary>)?$/gm)].map((match) => match[1]);

describe('a comment', () => {
  test('begins with its marker, then answers, tells what to do, what changed, the tables, and folds the rest', () => {
    expect(readMarker(comment)).toEqual({ name: commentOptions.name, ...commentOptions.head });
    expect(titles(comment)).toEqual([
      'Concurrency report',
      'What to do next',
      'Changes',
      'Overview',
      'Scheduling & memory',
      'Use cases',
      'Inconclusive',
      'All cells',
      'Further metrics',
      'Advice of the write-up',
      'Left out',
      'Trend',
      'Stored runs',
      'How it was measured',
      'Environment',
      'Notes',
    ]);
  });

  test('leaves out nothing that the report has', () => {
    for (const { name, ...input } of scenarios) {
      const report = buildReport(input);
      const parts = reportDocument(report).flatMap((block) =>
        block.kind === 'heading' ? [block.text] : block.kind === 'fold' ? [block.summary] : [],
      );
      const comment = renderComment(report, commentOptions);
      for (const part of parts) expect(comment, `${name}: ${part}`).toContain(escapeMarkdown(part));
    }
  });

  test('answers in its first line, and counts in the next', () => {
    const [, , , answer, , counts] = comment.split('\n');
    expect(answer).toBe('<b>The gate fails, so do not merge this yet:</b> 4 cells got slower or heavier, confirmed by pairs.');
    expect(counts).toBe(
      '4 regressions among 50 cells; 1 improvement, 43 unchanged (a slowdown of 10 % or more is excluded), 2 inconclusive.',
    );
  });

  test('says how much slower, never how much of before, and no picture or emoji', () => {
    expect(comment).toContain('slower by 12.4 %');
    expect(comment).not.toMatch(/\b1\d\d(?:\.\d)?[ \u00a0]%/);
    expect(comment).not.toMatch(/\p{Extended_Pictographic}|!\[/u);
  });

  test('says which smallest effect it could see, the chance of a false flag, and the seed', () => {
    expect(comment.replaceAll('\u00a0', ' ')).toContain(
      'Smallest slowdown that so many pairs would have flagged nine times of ten: +3.1 % (quietest cell) to +19.0 % (noisiest).',
    );
    expect(comment).toContain('Chance of any false flag in this pull request: 1 % at most.');
    expect(comment).toContain('| Seed | 1050;');
  });

  test('never parts a figure from its unit in a table', () => {
    const tables = comment.match(/^\|.*$/gm)?.join('\n') ?? '';
    expect(tables).toContain('slower by 12.4\u00a0%');
    expect(tables).not.toMatch(/\d (?:%|µs|ms|B) ?[|<,)]/);
  });

  test('has no more columns of changes than a phone shows, and nothing of them is lost', () => {
    const [head = '', , row = ''] = comment.slice(comment.indexOf('| Cell |')).split('\n');
    expect(head).toBe('| Cell | Change (95 % interval), base → head | Pairs and threshold |');
    expect(row).toMatch(
      /%<br>[\d.]+\u00a0µs →\u00a0[\d.]+\u00a0µs<br>wall time per unit \| 20 pairs, p = [\d.]+<br>margin 5\u00a0%<br>target 10\u00a0% \|$/,
    );
  });

  test('leads from every cut to the job summary, on the page of the run', () => {
    const cut = renderComment(fiftyCells(), { ...commentOptions, limit: 15_000 });
    const notices = cut.match(/^.*to keep within the size limit.*$/gm) ?? [];
    expect(notices.length).toBeGreaterThan(1);
    for (const notice of notices) expect(notice).toContain(`see [the job summary](${commentOptions.links.run})`);
  });

  test('names the label that lets a slowdown through, unless it has been put on', () => {
    expect(comment).toContain('by the label `accept-regression` on the pull request');
    const accepted = renderComment(scenarioReport('accepted-regression'), commentOptions);
    expect(accepted).toContain('<b>The gate passes: what got slower or heavier was accepted.</b>');
    expect(accepted).not.toContain('by the label `accept-regression`');
  });

  test.each([
    ['missing-shard', ['<b>2 shards are missing:</b>', 'Not everything was measured', 'run the failed jobs again']],
    ['unavailable-runtime', ['<b>Not available: 3.14t.</b>', 'No interpreter of that version is installed.']],
    ['confirmed-regression', ['missing now: see under “Not compared” why', 'spawn uvloop (3.9.18, 3.13.0).']],
    ['interrupted', ['8 of 104 cells were not measured. No regression', 'Run the job again: 8 of 104 cells were not measured.']],
    ['first-pull-request', ['<b>No baseline for Python 3.13.0:</b>', 'Nothing to do about the missing baseline:']],
  ])('says before anything is folded what of %s was not measured', (scenario, sentences) => {
    const [shown = ''] = renderComment(scenarioReport(scenario), commentOptions).split('<details>');
    for (const sentence of sentences) expect(shown).toContain(sentence);
  });

  test('parts two notes that stand side by side', () => {
    expect(comment).toMatch(/Web scraping<\/b><sup>\d+, \d+<\/sup>/);
    expect(comment).not.toContain('</sup><sup>');
  });

  test('ends with the commit, the attempt and the links', () => {
    const { head, links } = commentOptions;
    const again = renderComment(scenarioReport('no-cells'), { ...commentOptions, head: { ...head, attempt: 3 } });
    expect(comment).toContain(`For commit \`c0ffeec0ffee\`. [Job summary and log](${links.run}). The next run`);
    expect(again).toContain(`For commit \`c0ffeec0ffee\`, attempt 3. [Job summary and log](${links.run}). The next run`);
  });

  test('links nowhere but to the web', () => {
    const linked = (run: string) => renderComment(scenarioReport('no-cells'), { ...commentOptions, links: { run } });
    expect(linked('javascript:alert(1)')).not.toContain('javascript');
    expect(linked('javascript:alert(1)')).toContain('Job summary and log. The next run');
    expect(linked('https://x.y/(a)|<b> "c"')).toContain('[Job summary and log](https://x.y/%28a%29%7C%3Cb%3E%20%22c%22).');
  });

  test('has its name in the title, unless that is the title’s own word', () => {
    expect(comment).toMatch(/\n## Concurrency report\n/);
    expect(renderComment(scenarioReport('no-cells'), { ...commentOptions, name: 'night_ly' })).toContain(
      '\n## Concurrency report: night_ly\n',
    );
  });

  test('names what was broken before anything that is only shown', () => {
    const broken = titles(renderComment(scenarioReport('broken-cell'), commentOptions));
    expect(broken.indexOf('Broken')).toBeGreaterThan(broken.indexOf('Changes'));
    expect(broken.indexOf('Broken')).toBeLessThan(broken.indexOf('Overview'));
  });

  test('refuses a limit without room for the answer, and a commit that is none', () => {
    expect(() => renderComment(fiftyCells(), { ...commentOptions, limit: 300 })).toThrow(RangeError);
    expect(() => renderComment(fiftyCells(), { ...commentOptions, head: { ...commentOptions.head, commit: 'main' } })).toThrow(RangeError);
  });
});
