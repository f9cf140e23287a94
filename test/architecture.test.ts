import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { brokenRule, importsBelow, importsOf, impurityOf, isCoreFile } from './imports.ts';

const root = join(import.meta.dirname, '..', 'src');
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

describe('the import table', () => {
  it('holds for every file', () => {
    const imports = importsBelow(root);
    expect(imports.length).toBeGreaterThan(100);
    expect(imports.map(brokenRule).filter((rule) => rule !== null)).toEqual([]);
  });

  it.each([
    ['stats/quantiles.ts', "import { readFile } from 'node:fs';", 'the core may not import "node:fs"'],
    ['render/comment.ts', "import * as core from '@actions/core';", 'the core may not import "@actions/core"'],
    ['plan/matrix.ts', "import { median } from 'simple-statistics';", 'the core may not import "simple-statistics"'],
    ['model/cell.ts', "import { median } from '../stats/quantiles.ts';", 'model may import only model'],
    ['judge/gate.ts', "import { overview } from '../tables/overview.ts';", 'judge may import only'],
    ['judge/gate.ts', "import { scenarios } from '../simulate/scenario.ts';", 'judge may import only'],
    ['simulate/study.ts', "import { table } from '../render/document.ts';", 'simulate may import only simulate, model, stats, plan, judge'],
    ['simulate/draws.ts', "import { randomInt } from 'node:crypto';", 'the core may not import "node:crypto"'],
    ['render/simulation.ts', "import type { Simulation } from '../simulate/simulation.ts';", 'render may import only'],
    ['judge/gate.ts', "const late = await import('../github/client.ts');", 'judge may import only'],
    ['measure/executor.ts', "import { fileStore } from '../baseline/file-store.ts';", 'measure may import only measure, model'],
    ['measure/executor.ts', "import '../plan/budget.ts';", 'measure may import only measure, model'],
    ['baseline/branch-files.ts', "import { gitBranch } from '../github/git-branch.ts';", 'baseline may import only baseline, model'],
    ['github/client.ts', "export { run } from '../pipeline/run.ts';", 'github may import only'],
    ['pipeline/run.ts', "import '../cli.ts';", 'imports the door cli.ts'],
    ['pipeline/run.ts', "import '../post.ts';", 'imports the door post.ts'],
    ['page/page.ts', "import { judgeGate } from '../judge/gate.ts';", 'page may import only page, model, render'],
    ['pipeline/run.ts', "import '../page/page.ts';", 'runs in a browser'],
    ['stats/quantiles.ts', "import { scaleLinear } from 'd3-scale';", 'the core may not import "d3-scale"'],
    ['gadgets/x.ts', "import '../model/cell.ts';", 'no rule for this place'],
    ['config/options.ts', "import '../../test/imports.ts';", 'outside src'],
  ])('fires for %s: %s', (file, source, message) => {
    const [found] = importsOf(root, file, source);
    expect(found && brokenRule(found)).toContain(message);
  });

  it.each([
    ['judge/comparison.ts', "import { median } from 'simple-statistics';"],
    ['render/charts/trend.ts', "import { line } from 'd3-shape';"],
    ['simulate/our-rule.ts', "import { screen } from '../judge/screen.ts';"],
    ['measure/process-executor.ts', "import { execa } from 'execa';"],
  ])('allows %s: %s', (file, source) => {
    const [found] = importsOf(root, file, source);
    expect(found && brokenRule(found)).toBeNull();
  });
});

describe('the core', () => {
  it('reads no clock, environment or unseeded randomness', () => {
    const impure = sources
      .filter((file) => isCoreFile(file) && !file.endsWith('.test.ts'))
      .flatMap((file) => impurityOf(readFileSync(join(root, file), 'utf8')) ?? []);
    expect(impure).toEqual([]);
  });

  it.each([['const t = Date.now();'], ['Math.random() < 0.5'], ["process.env['HOME']"], ['new Date()']])('fires for %s', (source) => {
    expect(impurityOf(source)).not.toBeNull();
  });
});

describe('size', () => {
  it('keeps every file within 250 lines', () => {
    const long = sources.filter((file) => readFileSync(join(root, file), 'utf8').split('\n').length > 251);
    expect(long).toEqual([]);
  });
});
