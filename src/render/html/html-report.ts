import type { ComparedPart } from '../../tables/cell-trends.ts';
import type { Report } from '../../tables/report.ts';

/** A report, and what its figures were made from. */
export interface HtmlReport {
  readonly report: Report;
  /** What each machine measured, its pairs among it, beside the stored runs that it was compared with; at least one. */
  readonly parts: readonly ComparedPart[];
}

/** What makes a page of it, as texts: both stand in the page itself. */
export interface PageParts {
  readonly style: Hashed;
  readonly script: Hashed;
}

/** A text and its SHA-256 in base64, by which the page's policy knows it. */
export interface Hashed {
  readonly text: string;
  readonly digest: string;
}
