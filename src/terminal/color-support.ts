import { styleText } from 'node:util';

/** Whether a stream takes colours, by the rules of Node: FORCE_COLOR, else NO_COLOR, TERM and whether it is a terminal. */
export function takesColors(stream: NodeJS.WritableStream): boolean {
  return styleText('bold', 'x', { stream }) !== 'x';
}
