import { expect, test } from 'vitest';
import { UserError } from '../model/user-error.ts';
import { isPinned, packageRequirement, uvloopRequirement } from './requirement.ts';

test.each([
  ['latest', 'uvloop'],
  ['0.22', 'uvloop==0.22.*'],
  ['0.22.1', 'uvloop==0.22.1'],
  ['0.21.0b1', 'uvloop==0.21.0b1'],
])('uvloop %s', (version, text) => {
  expect(uvloopRequirement(version)).toEqual({ text, name: 'uvloop', requested: `uvloop ${version}` });
});

test.each(['', 'newest', '>=0.20', '0.22.1 --index-url=http://x', '0.22.*', 'v0.22'])('uvloop %j is refused with a remedy', (version) => {
  expect(() => uvloopRequirement(version)).toThrow(UserError);
  expect(() => uvloopRequirement(version)).toThrow('such as 0.22.1');
});

test.each([
  ['aiohttp', 'aiohttp'],
  ['  aiohttp>=3.9,<4 ', 'aiohttp'],
  ['Ruamel.Yaml', 'ruamel-yaml'],
  ['httpx[http2] >=0.27', 'httpx'],
  ["tomli; python_version < '3.11'", 'tomli'],
  ['thing @ https://files.example/thing.whl', 'thing'],
])('the requirement %j names %s', (text, name) => {
  expect(packageRequirement(text)).toEqual({ text: text.trim(), name, requested: text.trim() });
});

test.each([
  '',
  '-r other.txt',
  '--index-url=http://x',
  './local',
  'https://files.example/x.whl',
  'a b',
  'aiohttp\n--index-url=x',
  'aiohttp>=3\n-e .',
])('the requirement %j is refused', (text) => {
  expect(() => packageRequirement(text)).toThrow(UserError);
});

test.each(['uvloop', 'UVLoop<0.20', 'uvloop==0.22.1', "uvloop; python_version > '3.9'"])('a workload cannot ask for %j', (text) => {
  expect(() => packageRequirement(text)).toThrow(UserError);
  expect(() => packageRequirement(text)).toThrow('uvloop-version');
});

test.each([
  ['six==1.16.0', true],
  ['six === 1.16.0', true],
  ['six>=1,==1.16.0', true],
  ['httpx[http2]==0.27.0', true],
  ['six (==1.16.0)', true],
  ["six==1.16.0; python_version < '3.11'", true],
  ['thing @ https://files.example/thing.whl', true],
  ['six', false],
  ['six>=1.16', false],
  ['six==1.*', false],
  ['six!=1.16.0', false],
  ['six~=1.16', false],
  ["six; python_version == '3.11'", false],
])('the requirement %j is pinned: %s', (text, pinned) => {
  expect(isPinned(text)).toBe(pinned);
});
