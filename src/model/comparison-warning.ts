/** What the reader must know of what a run was compared with: stored runs, or the other of two results. */
export type ComparisonWarning =
  | { readonly code: 'no baseline'; readonly runtime: string; readonly stored: boolean }
  | { readonly code: 'packages changed'; readonly runtime: string; readonly changes: string }
  | { readonly code: 'baseline damaged'; readonly file: string; readonly line: number; readonly reason: string }
  | { readonly code: 'baseline unreachable'; readonly reason: string }
  | { readonly code: 'other machine'; readonly difference: string }
  | { readonly code: 'same-run interval'; readonly runs: number }
  | { readonly code: 'calibration moved'; readonly runtime: string; readonly ratio: number };

/** The warning as sentences. Plain text, no markup; the caller escapes it. */
export function comparisonWarningText(warning: ComparisonWarning): string {
  switch (warning.code) {
    case 'no baseline':
      return `No stored baseline for ${warning.runtime}: nothing to compare with yet. ${warning.stored ? 'This run is stored; with three stored runs, cells can be cleared.' : 'This run is not stored: only complete runs of the default branch are.'}`;
    case 'packages changed':
      return `Packages on ${warning.runtime} differ from those of the newest stored run: ${warning.changes}. A change may be theirs and not the code’s; measure both versions, or pin the package, to tell them apart.`;
    case 'baseline damaged':
      return warning.line === 0
        ? `${warning.file}: ${warning.reason} Nothing of it is used, and it stays as it is.`
        : `${warning.file} line ${warning.line}: ${warning.reason} That line is left out and kept as it is; repair or remove it.`;
    case 'baseline unreachable':
      return `The stored runs could not be read, so nothing was compared with them: ${warning.reason}`;
    case 'other machine':
      return `The two results come from different machines (${warning.difference}); a difference may be the machine's.`;
    case 'same-run interval':
      return `The comparison rests on the spread between processes of ${warning.runs === 1 ? 'one run a side' : `${warning.runs} stored runs`}; what changes from run to run is not in it, so a change is not confirmed by it.`;
    case 'calibration moved':
      return `The fixed calibration loop itself ran ${((warning.ratio - 1) * 100).toFixed(1)} % ${warning.ratio > 1 ? 'slower' : 'faster'} on ${warning.runtime}: the machine or the interpreter changed speed between the two results.`;
  }
}
