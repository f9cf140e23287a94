import type { Acceptance, LabelEvent, ListedCells, OverrideRecord } from '../model/override.ts';
import type { JudgedCell } from './cell-verdict.ts';

/** A label and what happened to it on one pull request. */
export interface LabelHistory {
  readonly label: string;
  /** Of any labels, oldest first. */
  readonly events: readonly LabelEvent[];
}

/**
 * What a label accepts of a commit: the cells that had been listed when a person put it on. A cell that is listed later
 * is not among them until the label is taken off and put on again; another commit has a record of its own.
 *
 * @param until what happened after this moment does not count; left out: everything does
 */
export function acceptanceOf(
  record: OverrideRecord | null,
  commit: string,
  history: LabelHistory,
  until: string | null = null,
): Acceptance | null {
  const put = standingLabel(history, until);
  if (put === null || !put.byPerson || record === null || record.commit !== commit) return null;
  const cells = record.listed.filter(({ at }) => !isBefore(put.at, at)).flatMap((listed) => listed.cells);
  return cells.length === 0 ? null : { label: put.label, by: put.by, at: put.at, cells };
}

/**
 * Whether the label stands there from before the first report on this commit: it was meant for another one.
 *
 * @param records of all comments of ours: another `name` may have reported on the commit before this one
 */
export function hasExpired(records: readonly OverrideRecord[], commit: string, history: LabelHistory): boolean {
  const put = standingLabel(history, null);
  return put !== null && !records.some((record) => record.commit === commit && !isBefore(put.at, record.reportedAt));
}

/**
 * A record as readers could know it: what came with the latest report was seen by nobody before the comment was written.
 *
 * @param writtenAt when that was, ISO 8601
 */
export function seenRecord(record: OverrideRecord, writtenAt: string): OverrideRecord {
  const seenAt = ({ at, fresh }: ListedCells) => (fresh && isBefore(at, writtenAt) ? writtenAt : at);
  return { ...record, listed: record.listed.map((each) => ({ ...each, at: seenAt(each), fresh: false })) };
}

/**
 * The record after one more report. On the same commit, what was listed keeps its time; another commit starts anew.
 *
 * @param records of the comments that the report replaces, as readers could know them
 */
export function nextRecord(
  records: readonly OverrideRecord[],
  { commit, at, flagged }: { readonly commit: string; readonly at: string; readonly flagged: readonly string[] },
): OverrideRecord {
  const [first] = records
    .filter((record) => record.commit === commit)
    .toSorted((one, other) => (isBefore(one.reportedAt, other.reportedAt) ? -1 : 1));
  const known = new Set(first?.listed.flatMap(({ cells }) => cells));
  const cells = [...new Set(flagged)].filter((cell) => !known.has(cell)).toSorted();
  const listed = cells.length === 0 ? [] : [{ at, cells, fresh: true }];
  return { commit, reportedAt: first?.reportedAt ?? at, listed: [...(first?.listed ?? []), ...listed] };
}

/** The regressions of a run that were accepted beforehand; null where there is none. */
export function acceptedRegressions(cells: readonly JudgedCell[], acceptance: Acceptance | null): Acceptance | null {
  if (acceptance === null) return null;
  const accepted = new Set(acceptance.cells);
  const found = cells.filter(({ id, verdict }) => verdict.verdict === 'regression' && accepted.has(id)).map(({ id }) => id);
  return found.length === 0 ? null : { ...acceptance, cells: found };
}

/** What the gate says about accepted cells, one sentence of plain text. */
export function acceptanceSentence({ label, by, at, cells: { length } }: Acceptance): string {
  const subject = length === 1 ? '1 cell that got slower or heavier was' : `${length} cells that got slower or heavier were`;
  return `${subject} accepted by @${by} at ${at} (label "${label}").`;
}

/** When and by whom the label was put on that is there; null where it is not. */
function standingLabel({ label, events }: LabelHistory, until: string | null): LabelEvent | null {
  const last = events.findLast((event) => sameLabel(event.label, label) && (until === null || !isBefore(until, event.at)));
  return last?.action === 'labeled' ? last : null;
}

/** GitHub takes names of labels without regard to case. */
export function sameLabel(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function isBefore(one: string, other: string): boolean {
  return Date.parse(one) < Date.parse(other);
}
