import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { withTables } from '../scripts/readme.ts';
import { type OptionName, optionNames, readOptions } from '../src/config/options.ts';
import { renderHelp } from '../src/render/help.ts';
import { helpPages } from '../src/terminal/help.ts';

const root = join(import.meta.dirname, '..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');
const readme = read('README.md');
const action = parse(read('action.yml'));
const manifest = JSON.parse(read('package.json'));

describe('README', () => {
  it('has the tables of action.yml; `npm run docs` makes them', () => {
    expect(withTables(readme, read('action.yml'))).toBe(readme);
    for (const name of Object.keys(action.inputs)) expect(readme).toContain(`| \`${name}\` |`);
  });
});

describe('action.yml', () => {
  it('declares every option and no other input', () => {
    expect(Object.keys(action.inputs).sort()).toEqual([...optionNames].sort());
  });

  it('says of every input what it is and what its default is, and asks for none', () => {
    for (const [name, { description, required }] of Object.entries<{ description: string; required: boolean }>(action.inputs)) {
      expect(description, name).toMatch(/Default: /);
      expect(required, name).toBe(false);
    }
  });

  it('leaves every default to the program but the token, which no file may hold', () => {
    const inputs = Object.entries<{ default?: string }>(action.inputs);
    const given = inputs.filter(([, input]) => input.default !== undefined);
    expect(given.map(([name]) => name)).toEqual(['github-token']);
    expect(action.inputs['github-token'].default).toMatch(/^\$\{\{ github\.token \}\}$/);
  });

  it('runs the bundle on node24', () => {
    expect(action.runs).toEqual({ using: 'node24', main: 'dist/action.mjs', post: 'dist/post.mjs', 'post-if': 'always()' });
  });
});

describe('a default that is documented as a value', () => {
  const documented = Object.entries<{ description: string }>(action.inputs).flatMap(([name, { description }]) => {
    const value = /Default: `([^`]+)`\.$/.exec(description)?.[1];
    return value === undefined ? [] : [{ name: name as OptionName, value }];
  });

  it('is the default of the program', () => {
    expect(documented.length).toBeGreaterThan(15);
    const none = readOptions([]);
    for (const { name, value } of documented)
      expect(readOptions([{ source: 'input', given: { [name]: value } }])[name], name).toEqual(none[name]);
  });

  it('is the one that the help shows', () => {
    const helpText = ['run', 'plan'].map((topic) => renderHelp(helpPages, topic, { width: 100 })).join('');
    for (const { name, value } of documented.filter(
      (each) => !['mode', 'name', 'comment', 'check-run', 'override-label', 'job-summary'].includes(each.name),
    )) {
      const [, ofOption = ''] = helpText.split(`\n  --${name} `);
      expect(/\(([^()]*)\)\n/.exec(ofOption)?.[1], name).toBe(value);
    }
  });
});

describe('links and scripts', () => {
  const tracked = new Set(execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).split('\n'));
  const documents = [...tracked].filter((file) => file.endsWith('.md') && !file.startsWith('test/'));
  const links = documents.flatMap((file) =>
    [...read(file).matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)].map(([, target = '']) => ({
      file,
      target: join(dirname(file), target),
    })),
  );

  it('lead to files of the repository', () => {
    expect(links.length).toBeGreaterThan(8);
    const isThere = (target: string) =>
      [...tracked].some((file) => file === target.replace(/\/$/, '') || file.startsWith(`${target.replace(/\/$/, '')}/`));
    expect(links.filter(({ target }) => !isThere(target))).toEqual([]);
  });

  it('name scripts whose files exist', () => {
    const files = Object.values<string>(manifest.scripts).flatMap((script) => /^node (\S+\.(?:ts|mjs))/.exec(script)?.[1] ?? []);
    expect(files.length).toBeGreaterThan(4);
    expect(files.filter((file) => !tracked.has(file))).toEqual([]);
  });
});
