import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { UserError } from '../model/user-error.ts';
import { pageFormat } from '../render/html/page-data.ts';
import { pageParts } from './report-page.ts';

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'page-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

it('takes the script and the style that were built for this version', async () => {
  const parts = await pageParts();
  expect(parts.script.text).toContain(pageFormat);
  expect(parts.style.digest).toMatch(/^[\w+/]{43}=$/);
});

it('names a part that is missing, and what to do', async () => {
  const parts = pageParts(folderWith({ 'report-page.js': pageFormat }));
  await expect(parts).rejects.toThrow(UserError);
  await expect(parts).rejects.toThrow(/report-page\.css'\)\. Use a whole checkout of a release, or run "npm run build"/);
});

it('refuses a script that was built for the data of another version', async () => {
  const folder = folderWith({ 'report-page.js': 'startExplorer();', 'report-page.css': '' });
  await expect(pageParts(folder)).rejects.toThrow(/report-page\.js was built from another version of the source/);
});
