import { describe, expect, it } from 'vitest';
import { declaredPythons } from './init-pythons.ts';

/** 3.9 to 3.15. */
const isKnown = (minor: number) => minor >= 9 && minor <= 15;
const classifiers = (...minors: readonly string[]) => minors.map((minor) => `Programming Language :: Python :: ${minor}`);
const declared = (named: readonly string[], requiresPython: string | null = null) =>
  declaredPythons({ classifiers: named, requiresPython }, isKnown);

describe('declaredPythons', () => {
  it.each<[readonly string[], readonly string[]]>([
    [classifiers('3', '3.13', '3.9', '3.10'), ['3.10', '3.13']],
    [classifiers('3.12'), ['3.12']],
    [classifiers('2.7', '3.8', '3.11'), ['3.11']],
    [classifiers('3.14', '3.14', '3.99'), ['3.14']],
    [[...classifiers('3.12'), 'Programming Language :: Python :: 3 :: Only', 'Programming Language :: Python :: Free Threading'], ['3.12']],
  ])('takes the two newest classifiers of %j', (named, pythons) => {
    expect(declared(named, '>=3.9,<3.11')).toEqual({ pythons, from: 'classifiers' });
  });

  it.each([
    ['>=3.10,<3.14', ['3.12', '3.13']],
    ['>= 3.10, < 3.13.2', ['3.12', '3.13']],
    ['>=3.10,<=3.12', ['3.11', '3.12']],
    ['>=3.12,<3.13', ['3.12']],
    ['==3.11.*', ['3.11']],
    ['==3.11.4', ['3.11']],
    ['~=3.12.1', ['3.12']],
    ['>3.9,!=3.12.*,<3.14', ['3.11', '3.13']],
    ['!=3.12.4,>=3.9,<3.13', ['3.11', '3.12']],
    ['<3.16', ['3.14', '3.15']],
  ])('takes the two newest that %j admits, where nothing is classified', (clauses, pythons) => {
    expect(declared(classifiers('3'), clauses)).toEqual({ pythons, from: 'requires-python' });
  });

  it.each([
    [null],
    ['>=3.10'],
    ['~=3.10'],
    ['>=3.9,<4'],
    ['<3.20'],
    ['>=2.7,<3'],
    ['>=3.16'],
    ['===3.12'],
    ['>=3.10rc1,<3.12'],
    [''],
    ['3.12'],
  ])('leaves %j to the newest at hand', (clauses) => {
    expect(declared([], clauses)).toBeNull();
  });
});
