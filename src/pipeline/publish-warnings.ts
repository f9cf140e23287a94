import { permissionsBlock } from '../github/permissions-block.ts';
import type { Permission, Publication } from '../model/publication.ts';

/** What was to be shown on GitHub, and what became of it. */
export interface Shown {
  readonly comment: Publication;
  readonly checkRun: Publication;
  /** Permissions that others found missing. */
  readonly alsoMissing: readonly Permission[];
  /** What the options ask for takes. */
  readonly wanted: readonly Permission[];
  /** Whether the run is of a pull request from a fork, in its own event. */
  readonly fromFork: boolean;
}

/** What is not as it was to be, a sentence each; last, once, the permissions that the job lacks. */
export function publishWarnings(shown: Shown): readonly string[] {
  const { comment, checkRun, alsoMissing } = shown;
  const missing = [...[comment, checkRun].flatMap(missingOf), ...alsoMissing];
  const told = [...wordsOf('comment', comment), ...wordsOf('check run', checkRun)];
  return missing.length === 0 ? told : [...told, permissionWarning(shown, missing)];
}

function missingOf(publication: Publication): readonly Permission[] {
  return publication.kind === 'unavailable' && publication.missing !== null ? [publication.missing] : [];
}

function wordsOf(subject: string, publication: Publication): readonly string[] {
  switch (publication.kind) {
    case 'unavailable':
      return [`There is no ${subject} of this run. ${publication.reason} The job summary has the report.`];
    case 'off':
      return [];
    default:
      return publication.notes;
  }
}

/** No workflow can give the token of a fork more than reading: what helps there is another workflow. */
function permissionWarning({ wanted, fromFork }: Shown, missing: readonly Permission[]): string {
  const all = [...wanted, ...missing];
  if (!fromFork) return `The token lacks permissions; the gate does without them. Give the job all of these:\n${permissionsBlock(all)}`;
  return [
    'A pull request from a fork has a token that may write nothing; the gate does without it.',
    'Have another workflow report, started by "workflow_run" as docs/security.md shows, whose job has:',
    permissionsBlock([...all, 'actions: read']),
  ].join('\n');
}
