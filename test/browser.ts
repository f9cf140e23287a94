import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'] as const;

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The browser that the variable CHROMIUM names, else the first on PATH. Throws with what to install where there is none. */
export function chromiumPath(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  const named = environment['CHROMIUM'] ?? '';
  const folders = (environment['PATH'] ?? '').split(':').filter((folder) => folder !== '');
  const candidates = named === '' ? names.flatMap((name) => folders.map((folder) => join(folder, name))) : [named];
  const found = candidates.find(isExecutable);
  if (found !== undefined) return found;
  throw new Error(
    `The page of a report is tested in a browser, and there is none ${named === '' ? 'on PATH' : `at ${named}`}: install chromium (apt-get install chromium), or name one in the variable CHROMIUM.`,
  );
}

/** A browser without a window. Whoever starts it closes it. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath(), headless: true, args: flags });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
