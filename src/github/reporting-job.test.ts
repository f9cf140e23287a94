import { expect, it } from 'vitest';
import { reportingJobToken } from './reporting-job.ts';

const job = { ACTIONS_ORCHESTRATION_ID: '89c7.measure.ubuntu', RUNNER_TRACKING_ID: 'github_1f3d', RUNNER_NAME: 'Hosted 1' };
const runner = { ...job, GITHUB_RUN_ID: '7', GITHUB_RUN_ATTEMPT: '1' };
const token = reportingJobToken(runner, '__self');
const attemptIn = (text: string) => text.slice(0, 6);

it('is the same in every process of a step, and another one for another job or step of the attempt', () => {
  expect(token).toMatch(/^[0-9a-f]{12}$/);
  expect(reportingJobToken({ ...runner, GITHUB_STATE: 'x' }, '__self')).toBe(token);
  const others = [
    reportingJobToken(runner, '__self_2'),
    ...Object.keys(job).map((name) => reportingJobToken({ ...runner, [name]: 'other' }, '__self')),
    reportingJobToken({ ...runner, ACTIONS_ORCHESTRATION_ID: undefined }, '__self'),
  ];
  expect(new Set([token, ...others]).size).toBe(6);
  expect(new Set(others.map(attemptIn))).toEqual(new Set([attemptIn(token)]));
});

it('says of another run or attempt that it is another', () => {
  for (const name of ['GITHUB_RUN_ID', 'GITHUB_RUN_ATTEMPT'])
    expect(attemptIn(reportingJobToken({ ...runner, [name]: '9' }, '__self'))).not.toBe(attemptIn(token));
});

it('is random where the runner says nothing of the job', () => {
  const [one, other] = [reportingJobToken({}, '__self'), reportingJobToken({}, '__self')];
  expect(one).not.toBe(other);
  expect(attemptIn(one)).toBe(attemptIn(other));
});
