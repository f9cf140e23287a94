import { type Completion, type Flag, flag, flagSwitch, jsonFlag } from './flag.ts';

/** What follows the word "baseline". */
export type BaselineWord = 'list' | 'show' | 'export' | 'import' | 'verify' | 'accept' | 'prune';

/** One baseline command as the help tells it; examples are what stands after the word "baseline". */
interface BaselineRow {
  readonly word: BaselineWord;
  readonly operands: string;
  readonly summary: string;
  readonly completes: Completion;
  readonly examples: readonly string[];
}

/** The baseline commands. */
export const baselineRows: readonly BaselineRow[] = [
  { word: 'list', operands: '', summary: 'list the stored runs', completes: null, examples: ['list', 'list --json'] },
  {
    ...{ word: 'show', operands: '[CELL]', summary: 'show levels of cells over the stored runs', completes: null },
    examples: ['show', "show 'chat_server/asyncio/*'"],
  },
  {
    word: 'export',
    operands: 'FILE',
    summary: 'write all stored runs into one file',
    completes: 'file',
    examples: ['export baseline.json'],
  },
  { word: 'import', operands: 'FILE', summary: 'read what export wrote', completes: 'file', examples: ['import baseline.json'] },
  { word: 'verify', operands: '', summary: 'read every stored run and name damage', completes: null, examples: ['verify'] },
  {
    ...{ word: 'accept', operands: '', summary: 'accept a lasting change of level', completes: null },
    examples: [`accept --cells 'chat_server/*' --commit 1a2b3c4d --why 'uvloop 0.23 sends at once'`],
  },
  {
    ...{ word: 'prune', operands: '', summary: 'remove stored runs', completes: null },
    examples: ['prune --keep 10', 'prune --older-than 90d', 'prune --damaged'],
  },
];

/** Flags of every baseline command. */
export const baselineFlags: readonly Flag[] = [
  flag('repository', 'OWNER/NAME', 'of a baseline on a branch; the token comes from GITHUB_TOKEN'),
  jsonFlag,
];

const acceptFlags = [
  flag('cells', 'PATTERN', 'patterns of cells, such as "chat_server/asyncio/*"'),
  flag('commit', 'SHA', 'the commit that moved them'),
  flag('why', 'TEXT', 'the reason, for those who read the history'),
  flag('by', 'NAME', 'who accepts', { fallback: 'nobody is named' }),
];

const pruneFlags = [
  flag('keep', 'N', 'runs that stay in each file'),
  flag('older-than', 'AGE', 'runs that began before go: 90d, or a date'),
  flag('commits', 'LIST', 'runs of these commits go'),
  flag('runs', 'LIST', 'runs of these ids go'),
  flagSwitch('damaged', 'lines that cannot be read go'),
];

/** Flags that one command has and no other. */
export function ownFlags(word: BaselineWord): readonly Flag[] {
  if (word === 'accept') return acceptFlags;
  return word === 'prune' ? pruneFlags : [];
}
