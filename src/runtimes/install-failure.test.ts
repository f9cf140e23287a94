import { expect, test } from 'vitest';
import { type InstallFailure, installFailure } from './install-failure.ts';

const failure = (output: string, fault = 'ended with exit code 1') => installFailure({ ok: false, output, fault });

// Complaints as pip 23 and uv 0.13 print them.
const pipMissing = `
ERROR: Could not find a version that satisfies the requirement uvloop==0.1.999 (from versions: 0.21.0, 0.22.1)
ERROR: No matching distribution found for uvloop==0.1.999
`;
const pipOffline = `
WARNING: Retrying (Retry(total=0, connect=None)) after connection broken by 'NewConnectionError(...)': /simple/uvloop/
ERROR: Could not find a version that satisfies the requirement uvloop (from versions: none)
ERROR: No matching distribution found for uvloop
`;
const pipNothing = pipOffline.split('\n').slice(2).join('\n');
const pipDisk = 'ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n';
const uvMissing = `
error: No solution found when resolving dependencies
  cause: Because there is no version of uvloop==0.1.999 and you require uvloop==0.1.999, we can conclude that your requirements are unsatisfiable.
`;
const uvNoWheel = `
error: No solution found when resolving dependencies
  cause: Because all of:
             uvloop<=0.6.0
          have no usable wheels
         we can conclude that all of:
             uvloop<0.6.1
          cannot be used.
         And because uvloop==0.6.1 has no wheels with a free-threading compatible ABI tag and you require uvloop, we can conclude that your requirements are unsatisfiable.

hint: Wheels are required for \`uvloop\` because building from source is disabled for all packages (i.e., with \`--no-build\`)

hint: You require free-threaded CPython 3.13 (\`cp313t\`), but we only found wheels for \`uvloop\` (v0.6.1)
`;
const uvNoWheelOfMinor = `
error: No solution found when resolving dependencies
  cause: Because uvloop==0.20.0 has no usable wheels and only the following versions of uvloop are available:
             uvloop<0.20.dev0
             uvloop==0.20.0
             uvloop>0.21.dev0
         we can conclude that uvloop==0.20.* cannot be used.
         And because you require uvloop==0.20.*, we can conclude that your requirements are unsatisfiable.

hint: Wheels are required for \`uvloop\` because building from source is disabled for all packages (i.e., with \`--no-build\`)
`;
const pipConflict = `
ERROR: Cannot install six==1.15.0 and six==1.16.0 because these package versions have conflicting dependencies.
ERROR: ResolutionImpossible: for help visit https://pip.pypa.io/en/latest/topics/dependency-resolution/
`;
const uvConflict = `
error: No solution found when resolving dependencies
  cause: Because you require six==1.15.0 and six==1.16.0, we can conclude that your requirements are unsatisfiable.
`;
const uvTooNew = `
error: No solution found when resolving dependencies
  cause: Because only six<=1.17.0 is available and you require six>=99, we can conclude that your requirements are unsatisfiable.
`;
const uvOffline = `
error: Request failed after 3 retries in 11.5s
  cause: Failed to fetch: http://127.0.0.1:9/simple/uvloop/
  cause: error sending request for url (http://127.0.0.1:9/simple/uvloop/)
`;

test.each<readonly [string, string, InstallFailure['cause'], string]>([
  [
    'pip, no such version',
    pipMissing,
    'no version',
    'Could not find a version that satisfies the requirement uvloop==0.1.999 (from versions: 0.21.0, 0.22.1)',
  ],
  ['pip, no network', pipOffline, 'network', 'Could not find a version that satisfies the requirement uvloop (from versions: none)'],
  ['uv, no such version', uvMissing, 'no version', 'Because there is no version of uvloop==0.1.999 and you require uvloop==0.1.999'],
  [
    'uv, no wheel',
    uvNoWheel,
    'no version',
    'because uvloop==0.6.1 has no wheels with a free-threading compatible ABI tag and you require uvloop',
  ],
  ['uv, no wheel of a minor version', uvNoWheelOfMinor, 'no version', 'Because uvloop==0.20.0 has no usable wheels'],
  [
    'pip, nothing found or nothing reached',
    pipNothing,
    'other',
    'Could not find a version that satisfies the requirement uvloop (from versions: none)',
  ],
  [
    'pip, a contradiction',
    pipConflict,
    'conflict',
    'Cannot install six==1.15.0 and six==1.16.0 because these package versions have conflicting dependencies',
  ],
  ['uv, a contradiction', uvConflict, 'conflict', 'Because you require six==1.15.0 and six==1.16.0'],
  ['uv, newer than there is', uvTooNew, 'no version', 'Because only six<=1.17.0 is available and you require six>=99'],
  ['pip, no space', pipDisk, 'other', 'Could not install packages due to an OSError: [Errno 28] No space left on device'],
])('%s', (_, output, cause, complaint) => {
  expect(failure(output)).toEqual({ cause, complaint });
});

test('uv, no network', () => {
  expect(failure(uvOffline)).toMatchObject({
    cause: 'network',
    complaint: expect.stringContaining('Failed to fetch: http://127.0.0.1:9/simple/uvloop/'),
  });
});

test('silence and a timeout are told by how the process ended', () => {
  expect(failure('', 'was ended by SIGKILL')).toEqual({ cause: 'other', complaint: 'was ended by SIGKILL' });
  expect(failure('', 'did not answer within 600 s')).toEqual({ cause: 'network', complaint: 'did not answer within 600 s' });
});

test('a complaint cannot carry credentials or control characters', () => {
  const { complaint } = failure('ERROR: no access to https://me:secret@index.example \u001b[2Jnow\n');
  expect(complaint).toBe('no access to https://***@index.example now');
});
