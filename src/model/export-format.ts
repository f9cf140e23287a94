/** Formats of other programs that a run can be written in, each with the name of its file where several are written. */
export const exportFiles = {
  pyperf: 'pyperf.json',
  csv: 'results.csv',
  junit: 'junit.xml',
  openmetrics: 'openmetrics.txt',
  bencher: 'bencher.json',
  'github-action-benchmark': 'github-action-benchmark.json',
} as const;

/** One of those formats. */
export type ExportFormat = keyof typeof exportFiles;

/** Whether `text` names a format exactly. */
export function isExportFormat(text: string): text is ExportFormat {
  return Object.hasOwn(exportFiles, text);
}

/** All formats, in the order in which they are documented. */
export const exportFormats: readonly ExportFormat[] = Object.keys(exportFiles).filter(isExportFormat);
