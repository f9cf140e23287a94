import { commands } from './commands.ts';
import { optionGroups } from './option-flags.ts';

/** What there is to explain: the table of commands, and the options of the action as the help groups them. */
export const helpPages = { commands, groups: optionGroups };
