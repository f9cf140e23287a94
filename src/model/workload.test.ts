import { expect, test } from 'vitest';
import { workloadId } from './workload.ts';

test.each([
  ['/a/b.c/chat_server.py', 'chat_server'],
  ['chat_server.py', 'chat_server'],
  ['./mine/a.py.py', 'a.py'],
  ['/a/chat_server', 'chat_server'],
])('the workload of %s is %s', (file, id) => {
  expect(workloadId(file)).toBe(id);
});
