import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { displayWidth } from '../../src/render/display-width.ts';
import { renderHelp } from '../../src/render/help.ts';
import { withoutEmphasis } from '../../src/render/sgr.ts';
import { readArguments } from '../../src/terminal/arguments.ts';
import { flagsOf } from '../../src/terminal/command-entry.ts';
import { commands } from '../../src/terminal/commands.ts';
import { helpPages } from '../../src/terminal/help.ts';
import { ofTheAction } from '../../src/terminal/option-flags.ts';
import { expectGolden } from '../golden/golden-file.ts';

const topics = [null, 'baseline', ...commands.map(({ name }) => name)];
const page = (topic: string | null, width = 100) => renderHelp(helpPages, topic, { width });

describe('help', () => {
  it.each([
    ['help-program.txt', null],
    ['help-baseline.txt', 'baseline'],
    ['help-run.txt', 'run'],
    ['help-baseline-accept.txt', 'baseline accept'],
  ])('%s', (file, topic) => expectGolden(file, page(topic)));

  it.each(topics)('of %j fits 100 columns, and all but its examples fit 60', (topic) => {
    const wide = page(topic).split('\n');
    expect(wide.filter((line) => displayWidth(line) > 100 && !line.startsWith('  concurrency-regressions'))).toEqual([]);
    const narrow = page(topic, 60).split('\n');
    expect(narrow.filter((line) => displayWidth(line) > 60 && !line.startsWith('  concurrency-regressions'))).toEqual([]);
  });

  it.each(topics)('of %j is the same in colours', (topic) => {
    const colored = renderHelp(helpPages, topic, { width: 80, colors: true });
    expect(colored).toContain('\u001b[');
    expect(withoutEmphasis(colored)).toBe(page(topic, 80));
  });

  it.each(commands.map((command) => [command.name, command] as const))(
    'of %s names every flag and shows an example that is understood',
    (name, command) => {
      const shown = flagsOf(command).filter((flag) => !ofTheAction.includes(flag.name));
      for (const flag of shown) expect(page(name)).toContain(`\n  --${flag.name} `);
      expect(command.examples.length).toBeGreaterThan(0);
      for (const example of command.examples) {
        const argv = [...example.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
        expect(() => readArguments(argv), example).not.toThrow();
        expect(example.startsWith(name)).toBe(true);
      }
    },
  );

  it('and the documents name the commands without --json', () => {
    const without = commands.filter((command) => !flagsOf(command).some(({ name }) => name === 'json')).map(({ name }) => name);
    expect(without.length).toBeGreaterThan(0);
    const named = (quote: string) =>
      `${without
        .slice(0, -1)
        .map((name) => quote + name + quote)
        .join(', ')} and ${quote}${without.at(-1)}${quote}`;
    expect(page(null).replaceAll(/\s+/g, ' ')).toContain(`--json of every command but ${named('')}: `);
    for (const [document, words] of [
      ['json.md', 'Every command but'],
      ['terminal.md', 'for every command but'],
    ] as const)
      expect(readFileSync(join(import.meta.dirname, '..', '..', 'docs', document), 'utf8')).toContain(`${words} ${named('`')}`);
  });

  it('lists every command', () => {
    for (const { name, summary } of commands) expect(page(null)).toMatch(new RegExp(`\\n  ${name}\\b.*${summary.slice(0, 20)}`));
  });
});
