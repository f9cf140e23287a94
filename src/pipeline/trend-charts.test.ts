import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { fixtureResults, fixtureRuntime } from '../../test/fixtures/results/factory.ts';
import { bundledFigures } from '../../test/fixtures/results/figures.ts';
import { trendAccepted, trendHistory } from '../../test/fixtures/trend-history.ts';
import { isTrendFile } from '../baseline/trend-names.ts';
import { mostChartedFiles, mostChartedText } from '../baseline/trend-source.ts';
import { readOptions } from '../config/options.ts';
import { cellsOf } from '../judge/run-cells.ts';
import type { Results } from '../model/results.ts';
import { contextOf, type FiguredRun } from '../model/run.ts';
import { drawTrend, trendLimits } from './trend-charts.ts';

const runtimes = [fixtureRuntime('3.13.0')];
const none = { title: '', gate: '', figures: {} };
const draw = drawTrend(readOptions([]));
const nothingLeftOut = { leftOutFiles: 0, cutFiles: 0 };

describe('charts of the stored runs', () => {
  it('are a file for each workload and a page, the same for the same runs in whatever order their files come', () => {
    const drawn = draw({ files: trendHistory, accepted: trendAccepted, ...nothingLeftOut });
    expect([...drawn.keys()]).toEqual(['trend-memory_per_unit.svg', 'trend-spawn.svg', 'index.html']);
    expect([...drawn.keys()].every(isTrendFile)).toBe(true);
    expect(draw({ files: trendHistory.toReversed(), accepted: trendAccepted, ...nothingLeftOut })).toEqual(drawn);
    expect(drawn.get('trend-spawn.svg')).toContain('class="shift better accepted"');
  });

  it('are none of nothing', () => {
    expect(draw({ files: [], accepted: [], ...nothingLeftOut }).size).toBe(0);
  });

  it('look at the cells that are shown alone, and for steps only where a file is another one', () => {
    const [spawn] = Object.values(bundledFigures);
    const workloads = Object.fromEntries(Array.from({ length: trendLimits.workloads + 20 }, (_, at) => [`w${at + 100}`, spawn ?? none]));
    const looks = new Map<string, number>();
    const file = Array.from({ length: 12 }, (_, run) => watched(fixtureResults({ run, workloads, noise: 0.01, runtimes }), looks));
    const looksOf = (index: number) => [...looks].filter(([id]) => id.startsWith(`w${100 + index}/`)).reduce((sum, [, n]) => sum + n, 0);
    const stored = { files: [file], accepted: [], ...nothingLeftOut };
    const drawn = draw(stored);
    const [shown, beyond] = [looksOf(0), looksOf(trendLimits.workloads)];
    const models = Object.keys(spawn?.figures ?? {}).length;
    expect(beyond).toBeLessThanOrEqual(models);
    expect(shown).toBeGreaterThan(file.length * models);
    looks.clear();
    expect(draw(stored)).toEqual(drawn);
    expect(looksOf(0)).toBe(shown - file.length * models);
    looks.clear();
    draw({ ...stored, files: [[...file]] });
    expect(looksOf(0)).toBe(shown);
  });

  it('stay as small, and as few, as docs/baselines.md says', () => {
    const text = readFileSync(join(import.meta.dirname, '../../docs/baselines.md'), 'utf8');
    const files = ['3.12.1', '3.13.0', '3.14.0'].map((version) =>
      Array.from({ length: 30 }, (_, run) => fixtureResults({ run, noise: 0.01, runtimes: [fixtureRuntime(version)] })),
    );
    expect(Object.keys(bundledFigures)).toHaveLength(14);
    const texts = [...draw({ files, accepted: [], ...nothingLeftOut }).values()];
    expect(text).toContain('Fourteen workloads on three Pythons, 30 runs each, take less than 0.3 MB, and less than 0.08 MB compressed');
    expect(texts.reduce((sum, each) => sum + Buffer.byteLength(each), 0)).toBeLessThan(0.3e6);
    expect(texts.reduce((sum, each) => sum + gzipSync(each).length, 0)).toBeLessThan(0.08e6);
    expect(text).toContain(`| ${trendLimits.workloads} workloads |`);
    expect(text).toContain(`| ${trendLimits.panels} panels in a chart |`);
    expect(text).toContain(`| ${mostChartedFiles} files of runs besides those that change, and ${mostChartedText / 2 ** 20} MB of text |`);
  });
});

/** The run as one that is read from a baseline, and how often each of its cells was asked for. */
function watched(results: Results, looks: Map<string, number>): FiguredRun {
  const cells = cellsOf(results);
  const get = (id: string) => {
    looks.set(id, (looks.get(id) ?? 0) + 1);
    return cells.get(id);
  };
  return { ...contextOf(results), cells: { size: cells.size, keys: () => cells.keys(), values: () => cells.values(), get } };
}
