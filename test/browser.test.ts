import { expect, test } from 'vitest';
import { chromiumPath } from './browser.ts';

test('without a browser it is said what to install, and where it was looked for', () => {
  expect(() => chromiumPath({ PATH: '/nowhere' })).toThrow('there is none on PATH: install chromium');
  expect(() => chromiumPath({ PATH: process.env['PATH'], CHROMIUM: '/nowhere/chromium' })).toThrow('there is none at /nowhere/chromium');
});
