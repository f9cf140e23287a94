/** What a check run says. */
export interface CheckOutput {
  /** Plain text; 255 characters are shown. */
  readonly title: string;
  /** Markdown; 65,535 characters are taken. */
  readonly summary: string;
  /** Markdown below it; as long as that. */
  readonly text: string;
}

const longestTitle = 255;
const longestText = 65_535;
const cutNotice = '\n\nCut here: GitHub takes no more. The rest is in the job summary.';

/** The same within GitHub's limits. Whoever made the texts keeps to them; this is for the day that somebody does not. */
export function withinLimits({ title, summary, text }: CheckOutput): CheckOutput {
  return { title: cutTitle(title), summary: cutOnLine(summary), text: cutOnLine(text) };
}

function cutTitle(title: string): string {
  return title.length <= longestTitle
    ? title
    : `${title
        .slice(0, longestTitle - 1)
        .toWellFormed()
        .replace(/\uFFFD$/, '')}…`;
}

/** A line is never cut in two, so that no table loses the end of a row. */
function cutOnLine(markdown: string): string {
  if (markdown.length <= longestText) return markdown;
  const room = markdown.slice(0, longestText - cutNotice.length);
  return `${room.slice(0, Math.max(0, room.lastIndexOf('\n')))}${cutNotice}`;
}
