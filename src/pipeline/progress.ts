import { displayWidth } from '../render/display-width.ts';
import { progressLine, progressLines } from '../render/progress-lines.ts';
import { type Progress, type ProgressStream, progressWith } from '../terminal/progress.ts';

/** Progress on a stream: redrawn on a terminal, a line now and then elsewhere. */
export function progressOn(stream: ProgressStream, { colors = false }: { readonly colors?: boolean } = {}): Progress {
  return progressWith(stream, {
    lines: (state, width) => progressLines(state, { width, colors }),
    line: progressLine,
    widthOf: displayWidth,
  });
}
