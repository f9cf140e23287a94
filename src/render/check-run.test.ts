import { describe, expect, test } from 'vitest';
import { fixtureJudgement } from '../../test/fixtures/judgement/factory.ts';
import { flagged } from '../../test/fixtures/judgement/verdicts.ts';
import { fixtureResults } from '../../test/fixtures/results/factory.ts';
import { bundledFigures } from '../../test/fixtures/results/figures.ts';
import { fiftyCells, manyCells, scenarioReport, tenThousandRegressions } from '../../test/golden/comment-scenarios.ts';
import { hostile } from '../../test/golden/hostile.ts';
import { buildReport } from '../tables/report.ts';
import { renderCheckRun } from './check-run.ts';
import { annotationsOf } from './check-run-annotations.ts';
import { utf8Bytes } from './plain-text.ts';

const hostileName = (index: number) => `${index} ${hostile} \u{1f9f5}`.repeat(60).slice(0, 4000);
const hostileReport = manyCells(30, { name: hostileName, verdict: (known) => flagged(known, { ratio: 1.3 }), confirmation: {} });

describe('the texts of a check run', () => {
  test('are the counts, then the answer with what to do and what changed, then the tables', () => {
    const { title, summary, text } = renderCheckRun(fiftyCells());
    expect(title).toBe(
      '4 regressions among 50 cells; 1 improvement, 43 unchanged (a slowdown of 10 % or more is excluded), 2 inconclusive.',
    );
    expect(summary).toMatch(/^<b>The gate fails, so do not merge this yet:<\/b>[\s\S]*## What to do next[\s\S]*## Changes/);
    expect(text).toMatch(/^## Overview[\s\S]*<summary>All cells/);
    expect(summary).toContain('<sup>1</sup> Base and head are medians');
  });

  test.each([
    ['no cell', scenarioReport('no-cells')],
    ['ten thousand regressions', tenThousandRegressions()],
    ['hostile names', hostileReport],
  ])('keep the limits of GitHub with %s', (_, report) => {
    const { title, summary, text } = renderCheckRun(report);
    expect(title.length).toBeLessThanOrEqual(255);
    for (const markdown of [summary, text]) {
      expect(utf8Bytes(markdown)).toBeLessThanOrEqual(65_535);
      expect(markdown.isWellFormed()).toBe(true);
    }
  });
});

describe('annotations', () => {
  const files = new Map([
    ['chat_server', 'bench/chat_server.py'],
    ['web_scraping', 'bench/web_scraping.py'],
    ['fan_out', 'bench/fan_out.py'],
  ]);

  test('stand at the file of each workload that changed, with every cell on a line of its own', () => {
    expect(annotationsOf(fiftyCells(), files)).toEqual([
      {
        ...{ path: 'bench/chat_server.py', line: 1, level: 'failure', title: 'chat_server: 4 regressions' },
        message: [
          'chat_server uvloop on 3.9.18: wall time per unit slower by 21.0 % (+18.0 % to +24.1 %).',
          'chat_server uvloop on 3.13.0: wall time per unit slower by 21.0 % (+18.0 % to +24.1 %).',
          'chat_server asyncio on 3.9.18: wall time per unit slower by 13.1 % (+10.3 % to +16.0 %). This looks like a blocking call in a coroutine: the loop runs late while nothing switches more than before.',
          'chat_server asyncio on 3.13.0: wall time per unit slower by 12.4 % (+9.6 % to +15.2 %). This looks like a blocking call in a coroutine: the loop runs late while nothing switches more than before.',
        ].join('\n'),
      },
      {
        ...{ path: 'bench/web_scraping.py', line: 1, level: 'notice', title: 'web_scraping: 1 improvement' },
        message: 'web_scraping uvloop on 3.9.18: wall time per unit faster by 16.0 % (−18.1 % to −13.9 %).',
      },
    ]);
  });

  test('say nothing of a workload without a file here', () => {
    expect(annotationsOf(fiftyCells(), new Map())).toEqual([]);
  });

  test('name what is refused and what is broken, and are no failure where the gate lets it through', () => {
    const spawn = bundledFigures['spawn'] ?? { title: '', gate: '', figures: {} };
    const refused = [{ id: 'mine', phase: 'import', reason: 'No module named “app”.', runtime: 'x' }];
    const results = fixtureResults({
      run: 3,
      workloads: { spawn },
      breaks: ({ model }) => (model === 'threads' ? { kind: 'wrong result', message: '3 of 4 arrived', output: '' } : null),
      also: { refused },
    });
    const report = (failOn: readonly ('broken' | 'regression')[]) =>
      buildReport({ results, baselineRuns: [], storesBaseline: false, judgement: fixtureJudgement({ results, failOn }) });
    const places = new Map([
      ['mine', 'mine.py'],
      ['spawn', 'spawn.py'],
    ]);
    expect(annotationsOf(report(['broken']), places).map(({ path, level, title, message }) => [path, level, title, message])).toEqual([
      ['mine.py', 'failure', 'mine: refused', 'refused on x (import): No module named “app”.'],
      [
        'spawn.py',
        'failure',
        'spawn: 2 broken',
        'spawn threads on 3.9.18: wrong result. 3 of 4 arrived\nspawn threads on 3.13.0: wrong result. 3 of 4 arrived',
      ],
    ]);
    expect(annotationsOf(report(['regression']), places).map(({ level }) => level)).toEqual(['warning', 'warning']);
  });

  test('keep the limits of GitHub, and their lines, with hostile names', () => {
    const named = new Map(Array.from({ length: 30 }, (_, index) => [hostileName(index), `bench/${index}.py`]));
    const annotations = annotationsOf(hostileReport, named);
    expect(annotations).toHaveLength(30);
    for (const { title, message } of annotations) {
      expect(title.length).toBeLessThanOrEqual(255);
      expect(title).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(message.length).toBeLessThanOrEqual(4000);
      expect(message.split('\n')).toHaveLength(10);
      expect(`${title}${message}`.isWellFormed()).toBe(true);
    }
  });
});
