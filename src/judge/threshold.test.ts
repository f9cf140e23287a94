import { describe, expect, it } from 'vitest';
import type { Cell } from '../model/cell.ts';
import type { ThresholdRule } from '../model/threshold-rule.ts';
import { checkThreshold, defaultThreshold, thresholdFor } from './threshold.ts';

const cell: Cell = { workload: 'chat_server', model: 'asyncio', runtime: 'cpython-3.14', params: '' };
const of = (rules: readonly ThresholdRule[], metric = 'wall_per_unit') => thresholdFor(cell, metric, { rules });

describe('thresholdFor', () => {
  it('is the default where no rule matches', () => {
    expect(of([])).toEqual(defaultThreshold);
    expect(of([{ workload: 'spawn', target: 0.5 }])).toEqual(defaultThreshold);
  });

  it.each<[string, ThresholdRule]>([
    ['a name', { workload: 'chat_server' }],
    ['a star', { workload: 'chat*' }],
    ['a star in the middle', { workload: 'c*r' }],
    ['a question mark', { model: 'async?o' }],
    ['a metric', { metric: 'wall_*' }],
    ['a runtime', { runtime: '*3.14' }],
    ['all of them', { workload: '*', model: '*', metric: '*', runtime: '*' }],
  ])('matches by %s', (_, rule) => {
    expect(of([{ ...rule, target: 0.3 }]).target).toBe(0.3);
  });

  it('takes a dot, a bracket and a backslash as they are', () => {
    expect(of([{ runtime: 'cpython-3_14', target: 0.3 }]).target).toBe(0.1);
    expect(of([{ runtime: 'cpython-3.1[0-9]', target: 0.3 }]).target).toBe(0.1);
    expect(of([{ workload: '(chat_server', target: 0.3 }]).target).toBe(0.1);
  });

  it('lets the last matching rule that states a share win, each share for itself', () => {
    const rules = [
      { target: 0.4, margin: 0.2 },
      { model: 'asyncio', target: 0.3 },
      { model: 'threads', margin: 0.01 },
      { workload: 'chat*' },
    ];
    expect(of(rules)).toEqual({ target: 0.3, margin: 0.2 });
  });

  it('keeps the margin below a target that was set below it', () => {
    expect(of([{ target: 0.04 }])).toEqual({ target: 0.04, margin: 0.02 });
  });

  it.each([
    [{ target: 0.05, margin: 0.05 }],
    [{ target: 0.05, margin: 0.1 }],
    [{ target: Number.NaN, margin: 0.05 }],
    [{ target: 0.1, margin: -0.01 }],
    [{ target: Number.POSITIVE_INFINITY, margin: 0.05 }],
  ])('refuses %j and says what to give', (threshold) => {
    expect(() => checkThreshold(threshold, 'spawn')).toThrow(/thresholds of spawn .* the target larger than it/);
  });
});
