import { expect, test } from 'vitest';

import { ConversationListener } from './worker-conversation.ts';

const start = { event: 'start', v: 1, workload: 'w', model: 'threads', python: '3.13.0', free_threaded: false };
const value = {
  event: 'value',
  index: 0,
  units: 1,
  ideal: null,
  seconds: 1,
  metrics: { a: 1 },
  calibration: 1,
  loop: null,
  verified: true,
};
const error = { event: 'error', phase: 'import', type: 'E', message: 'm', where: null, trace: '' };
const end = { event: 'end', seconds: { peers: 0, values: 1 } };

function hear(...lines: readonly object[]) {
  const listener = new ConversationListener();
  lines.forEach((line, at) => {
    listener.hear(Buffer.from(`${JSON.stringify(line)}\n`), at);
  });
  return { ...listener.conversation, closed: listener.closed };
}

test('a whole conversation with its times', () => {
  const heard = hear(start, { event: 'warmup', index: 0, seconds: 1 }, value, { ...value, index: 1 }, end);
  expect(heard).toMatchObject({ closed: true, fault: null, startedAt: 0, endedAt: 4, start: { workload: 'w' } });
  expect(heard.values).toHaveLength(2);
});

test('an error may come first, and nothing is heard after it', () => {
  expect(hear(error, start, value)).toMatchObject({ closed: true, error: { message: 'm' }, start: null, values: [] });
});

test('nothing is heard after the end', () => {
  expect(hear(start, value, end, { ...error, phase: 'verify' })).toMatchObject({ end: {}, error: null, fault: null });
});

test.for([
  [[value], 'its value line came before its first line'],
  [[end], 'its end line came before its first line'],
  [[start, start], 'its start line came twice'],
  [[start, { ...value, index: 1 }], 'value 1 came where value 0 was due'],
  [[start, value, value], 'value 0 came where value 1 was due'],
] as const)('a misplaced line is a fault: %j', ([lines, fault]) => {
  expect(hear(...lines)).toMatchObject({ closed: true, fault });
});

test('what is unknown is no fault', () => {
  expect(hear(start, { event: 'comment' }, value, end)).toMatchObject({ fault: null, end: {} });
});
