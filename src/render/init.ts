import { type Block, code, type Document, heading, type Line, paragraph, strong, table, text } from './document.ts';
import { initSteps } from './init-steps.ts';
import type { Initialised, InitSetting, InitSettings } from './initialised.ts';
import { type TerminalLayout, terminalOf } from './terminal.ts';

/** What was written, what it rests on, and what to do next, as text for a terminal. */
export function renderInit(made: Initialised, layout: TerminalLayout): string {
  return terminalOf(initDocument(made), layout);
}

/** The same for other programs: one object without the next steps. */
export function initJson({ recipe, root, written, files, settings, notes }: Initialised) {
  return { schema: 1, kind: 'init', recipe, root, written, settings, files, notes };
}

function initDocument(made: Initialised): Document {
  const { written, files, settings, notes } = made;
  const title = written ? `${files.length} files written` : `${files.length} files would be written; this was a dry run`;
  return [
    heading(1, title),
    { kind: 'list', items: files.map(({ path }) => [code(path)]) },
    table(['Setting', 'Value', 'Rests on'], settingRows(settings)),
    ...notes.map((note) => paragraph(strong('Note: '), text(note))),
    ...(written ? [heading(2, 'What to do next'), { kind: 'list' as const, items: initSteps(made) }] : files.flatMap(fileBlocks)),
  ];
}

function settingRows({ branch, pythons, install, workloads }: InitSettings): readonly (readonly Line[])[] {
  const rows: readonly (readonly [string, InitSetting<string>])[] = [
    ['Default branch', branch],
    ['Python', { ...pythons, value: pythons.value?.join(', ') ?? 'the two newest at hand' }],
    ['Install', { ...install, value: install.value ?? 'nothing' }],
    ['Workloads', { ...workloads, value: workloads.value.join(', ') }],
  ];
  return rows.map(([name, { value, origin }]) => [[text(name)], [code(value)], [text(origin)]]);
}

function fileBlocks({ path, text: content }: Initialised['files'][number]): readonly Block[] {
  return [heading(2, path), { kind: 'verbatim', text: content.trimEnd() }];
}
