import { describe, expect, test } from 'vitest';
import { metricOf } from '../model/metric.ts';
import { changeIntervalText, changeText, differenceText, figureText, percentText, ratioText, ratioWithInterval } from './number.ts';

const wall = metricOf('wall_per_unit');

describe('numbers', () => {
  test.each([
    [0, 's', '0 s'],
    [6.1149e-6, 's', '6.11 µs'],
    [9.996e-4, 's', '1.00 ms'],
    [0.0305, 's', '30.5 ms'],
    [1.5, 's', '1.50 s'],
    [3.2e-9, 's', '3.20 ns'],
    [12_345, 's', '12300 s'],
    [-0.002, 's', '−2.00 ms'],
    [672, 'B', '672 B'],
    [12_490, 'B', '12.2 KiB'],
    [1023.9, 'B', '1.00 KiB'],
    [8_297_000, 'B', '7.91 MiB'],
    [301, 'count', '301'],
    [4.984, 'ratio', '4.98'],
    [0.00012, 'count', '0.000120'],
  ] as const)('%d %s is %s', (value, unit, expected) => {
    expect(figureText(value, unit)).toBe(expected);
  });

  test.each([
    [2.4, '×2.4'],
    [18.64, '×18.6'],
    [1234, '×1230'],
    [0.97, '×0.97'],
    [0.0412, '×0.0412'],
    [1, '×1'],
    [1.002, '×1.002'],
    [0.9996, '×0.9996'],
    [1.00004, '×1.00004'],
    [1.0000001, '×1'],
  ])('ratio %d is %s', (ratio, expected) => {
    expect(ratioText(ratio)).toBe(expected);
  });

  test.each([
    [1.124, '+12.4 %', 'slower by 12.4 %'],
    [0.876, '−12.4 %', 'faster by 12.4 %'],
    [1.0001, '0.0 %', 'the same'],
    [2.4, '×2.4', 'slower, ×2.4'],
    [0.2, '−80.0 %', 'faster by 80.0 %'],
  ])('a change by %d is %s and reads "%s"', (ratio, percent, words) => {
    expect(percentText(ratio)).toBe(percent);
    expect(changeText(ratio, wall)).toBe(words);
  });

  test('words follow the kind of metric', () => {
    expect(changeText(1.5, metricOf('memory_per_unit'))).toBe('more by 50.0 %');
    expect(changeText(0.5, metricOf('overlap'))).toBe('lower by 50.0 %');
    expect(changeText(1.5, metricOf('pause', { unit: 's', better: 'lower' }))).toBe('longer by 50.0 %');
  });

  test('intervals are in one form from end to end', () => {
    expect(changeIntervalText({ kind: 'interval', low: 1.098, high: 1.151 })).toBe('+9.8 % to +15.1 %');
    expect(changeIntervalText({ kind: 'interval', low: 1.8, high: 2.9 })).toBe('×1.8 to ×2.9');
    expect(changeIntervalText({ kind: 'none', reason: 'few' })).toBeNull();
    expect(changeIntervalText({ kind: 'interval', low: 1.0003, high: 1.06 })).toBe('+0.03 % to +6.0 %');
    expect(changeIntervalText({ kind: 'interval', low: 0.9, high: 0.9998 })).toBe('−10.0 % to −0.02 %');
    expect(changeIntervalText({ kind: 'interval', low: 1, high: 1.06 })).toBe('0.0 % to +6.0 %');
    expect(ratioWithInterval({ value: 1.0491, bounds: { kind: 'interval', low: 1.0021, high: 1.0986 } })).toBe('×1.05 (1.002 to 1.1)');
    expect(ratioWithInterval({ value: 301, bounds: { kind: 'interval', low: 301, high: 301 } })).toBe('×301');
    expect(differenceText(-8_297_000, 'B')).toBe('−7.91 MiB');
  });
});
