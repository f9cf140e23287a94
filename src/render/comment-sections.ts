import type { Report } from '../tables/report.ts';
import { environmentFold, leftOutBlocks } from './background-section.ts';
import { brokenBlocks } from './broken-section.ts';
import { cellBlocks } from './cell-section.ts';
import { changeBlocks } from './change-table.ts';
import { adviceBlocks, claimBlocks } from './claim-section.ts';
import { narrowed } from './comment-layout.ts';
import { type Block, paragraph, strong, text } from './document.ts';
import { findingBlocks } from './finding-section.ts';
import { circumstanceBlocks, conclusion, gateAnswer } from './headline.ts';
import { measurementFold } from './measurement-section.ts';
import { nextStepBlocks } from './next-steps.ts';
import type { NoteBook } from './notes.ts';
import { openBlocks } from './open-section.ts';
import { scalingBlocks } from './scaling-section.ts';
import { shiftBlocks } from './shifts.ts';
import type { Rung } from './size-ladder.ts';
import { storedRunBlocks } from './stored-runs.ts';
import { trendBlocks } from './trend-section.ts';
import { uncomparedFold } from './uncompared-section.ts';
import { useCaseBlocks } from './use-case-section.ts';

/** What is cut first where there is no room, and how many entries of each stay as long as others have more than theirs. */
const worths = [
  ['Further metrics', 0],
  ['Trend', 0],
  ['All cells', 0],
  ['Scaling', 0],
  ['Left out', 0],
  ['Not compared', 5],
  ['Advice of the write-up', 10],
  ['Stored runs', 10],
  ['Shifts on the base branch', 10],
  ['Inconclusive', 10],
  ['Environment', 30],
  ['Seen beside the verdicts', 10],
  ['Use cases', 20],
  ['Scheduling & memory', 20],
  ['Overview', 20],
  ['How it was measured', 30],
  ['Notes', 40],
  ['Broken', 10],
  ['Changes', 40],
  ['What to do next', 20],
  ['What was measured', 10],
] as const;

type Title = (typeof worths)[number][0];

/** What a reader must have seen before merging: the answer, what to do, and what both rest on. */
export function answerRungs(report: Report, notes: NoteBook): readonly Rung[] {
  const { lead, rest } = gateAnswer(report);
  const answer = paragraph(strong(lead), ...rest.map((sentence) => text(` ${sentence}`)));
  return [
    { title: 'Answer', blocks: [answer, paragraph(text(conclusion(report)))], worth: Number.POSITIVE_INFINITY, floor: 0 },
    ...rung('What was measured', circumstanceBlocks(report, notes)),
    ...rung('What to do next', nextStepBlocks(report)),
    ...rung('Changes', changeBlocks(report, notes).map(narrowed)),
    ...rung('Broken', brokenBlocks(report)),
    ...rung('Seen beside the verdicts', findingBlocks(report, notes)),
  ];
}

/** The refreshed tables of the write-up, then what is folded: every cell, and how all of it came about. */
export function tableRungs(report: Report, notes: NoteBook): readonly Rung[] {
  const claims = [
    ...rung('Overview', claimBlocks('Overview', report.overview, notes)),
    ...rung('Scheduling & memory', claimBlocks('Scheduling & memory', report.schedulingAndMemory, notes)),
    ...rung('Use cases', useCaseBlocks(report.useCases, notes)),
  ];
  const open = rung('Inconclusive', openFold(report));
  const advice = rung('Advice of the write-up', adviceBlocks(report.advice, notes));
  const scaling = rung('Scaling', scalingBlocks(report.scaling, notes));
  const [gates, others] = cellBlocks(report.cells, report.verdicts, notes);
  return [
    ...claims,
    ...open,
    ...rung('All cells', gates === undefined ? [] : [gates]),
    ...rung('Further metrics', others === undefined ? [] : [others]),
    ...scaling,
    ...advice,
    ...rung('Not compared', uncomparedFold(report)),
    ...rung('Left out', leftOutBlocks(report.leftOut)),
    ...rung('Trend', trendBlocks(report)),
    ...rung('Stored runs', storedRunBlocks(report)),
    ...rung('Shifts on the base branch', shiftBlocks(report)),
    ...rung('How it was measured', [measurementFold(report)]),
    ...rung('Environment', [environmentFold(report)]),
  ];
}

/** The notes so far, folded. */
export function noteRungs(notes: NoteBook): readonly Rung[] {
  const blocks = notes.blocks().map((block): Block => (block.kind === 'notes' ? { ...block, headed: false } : block));
  return rung('Notes', blocks.length === 0 ? [] : [{ kind: 'fold', summary: 'Notes', blocks }]);
}

function openFold(report: Report): readonly Block[] {
  const [title, ...blocks] = openBlocks(report);
  if (title?.kind !== 'heading') return [];
  return [{ kind: 'fold', summary: `${title.text} (${report.counts.inconclusive})`, blocks }];
}

function rung(title: Title, blocks: readonly Block[]): readonly Rung[] {
  const worth = worths.findIndex(([each]) => each === title);
  return blocks.length === 0 ? [] : [{ title, blocks, worth, floor: worths[worth]?.[1] ?? 0 }];
}
