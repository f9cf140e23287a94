import { summary, warning } from '@actions/core';

/** GitHub refuses a larger summary: 1 MiB for one step. */
export const jobSummaryLimitBytes = 1024 * 1024;

/**
 * Adds Markdown to the job summary. A runner that offers none, or a text over the limit, costs the summary only: a
 * warning says so.
 */
export async function writeJobSummary(markdown: string): Promise<void> {
  const size = Buffer.byteLength(markdown, 'utf8');
  if (size > jobSummaryLimitBytes) {
    warning(`The job summary has ${size} bytes and GitHub takes ${jobSummaryLimitBytes}; read the report file instead.`);
    return;
  }
  try {
    await summary.addRaw(markdown, true).write();
  } catch (error) {
    warning(
      `The job summary could not be written: ${error instanceof Error ? error.message : String(error)}. Read the report file instead.`,
    );
  }
}
