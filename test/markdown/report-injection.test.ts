import { describe, expect, test } from 'vitest';
import { jobSummaryLimitBytes } from '../../src/github/job-summary.ts';
import { renderCheckRun } from '../../src/render/check-run.ts';
import { singleLine } from '../../src/render/plain-text.ts';
import { renderReportMarkdown } from '../../src/render/report.ts';
import { count } from '../hostile/counts.ts';
import { withParts } from './broken-module.ts';
import { commentFaults, type ParsedComment, parsedComment, visibleText } from './comment-faults.ts';
import { hasCmark, type Parser } from './github-html.ts';
import { injections } from './injections.ts';
import { harmless, reportSinks, reportWith, type Sink } from './sinks.ts';

/** The comment is held against both parsers, and all of these are escaped as it is: here GitHub's own does, where it is at hand. */
const parser: Parser = hasCmark() ? 'cmark-gfm' : 'remark';

interface Renderers {
  readonly checkRun: typeof renderCheckRun;
  readonly report: typeof renderReportMarkdown;
}

const ours: Renderers = { checkRun: renderCheckRun, report: renderReportMarkdown };

/** What else stands on GitHub besides the comment. */
function textsWith(sink: Sink, content: string, { checkRun, report: markdownOf }: Renderers = ours): readonly string[] {
  const report = reportWith(sink, content);
  const { summary, text } = checkRun(report);
  return [summary, text, markdownOf(report, { limit: jobSummaryLimitBytes })];
}

const parsedTexts = (texts: readonly string[]) => texts.map((text) => parsedComment(text, parser));
const known = new Map<Sink, readonly ParsedComment[]>();

/** The same without foreign text, parsed once. */
function expected(sink: Sink): readonly ParsedComment[] {
  const texts = known.get(sink) ?? parsedTexts(textsWith(sink, harmless));
  known.set(sink, texts);
  return texts;
}

function faultsOf(texts: readonly ParsedComment[], sink: Sink): readonly string[] {
  return expected(sink).flatMap((plain, index) => {
    const text = texts[index];
    return text === undefined ? ['a text is not there'] : commentFaults(text, { name: null, harmless: plain });
  });
}

describe.each(reportSinks)('%s', (sink) => {
  test('is nothing but text in the summary and the text of a check run and in the job summary, whatever it is', ({ task }) => {
    count(task, { tried: injections.length });
    for (const injection of injections) {
      const texts = parsedTexts(textsWith(sink, injection));
      expect(faultsOf(texts, sink), JSON.stringify(injection)).toEqual([]);
      const [summary = '', , jobSummary = ''] = texts.map(visibleText);
      const shown = singleLine(injection).trim().replaceAll(/\s+/g, ' ');
      expect(summary).toContain(shown);
      expect(jobSummary).toContain(shown);
    }
  });
});

test('the title of a check run is one line of plain text', () => {
  for (const sink of reportSinks)
    for (const injection of injections) expect(renderCheckRun(reportWith(sink, injection)).title).toMatch(/^[^\p{C}\p{Zl}\p{Zp}]{1,255}$/u);
});

describe('the check fires', () => {
  const load = async (): Promise<Renderers> => {
    const [{ renderCheckRun }, { renderReportMarkdown }] = await Promise.all([
      import('../../src/render/check-run.ts'),
      import('../../src/render/report.ts'),
    ]);
    return { checkRun: renderCheckRun, report: renderReportMarkdown };
  };

  test.each(['checkRun', 'report'] as const)('when text is not escaped in %s', async (place) => {
    const broken = await withParts('markdown-escape', { escapeMarkdown: singleLine }, load);
    const caught = injections.filter((injection) => {
      const texts = parsedTexts(textsWith('base origin', injection, { ...ours, [place]: broken[place] }));
      return faultsOf(texts, 'base origin').length > 0;
    });
    expect(caught.length).toBeGreaterThan(15);
  });
});
