import { expect, it } from 'vitest';
import { UserError } from './user-error.ts';

it.each([
  ['an escape of a terminal', 'x\u001b[2Jy', 'x\ufffd[2Jy'],
  ['a carriage return', 'x\ry', 'x\ufffdy'],
  ['a turn of the writing direction', 'x\u202ey', 'x\ufffdy'],
  ['half a character', 'x\ud83ey', 'x\ufffdy'],
])('shows %s in what it repeats as a mark', (_, given, shown) => {
  const { message, what, remedy } = new UserError(`There is no "${given}".`, `Write ${given}.`);
  expect([what, remedy]).toEqual([`There is no "${shown}".`, `Write ${shown}.`]);
  expect(message).toBe(`${what} ${remedy}`);
});

it('keeps lines apart', () => {
  expect(new UserError('Give:\n\tpermissions', 'Then\nrun again.').message).toBe('Give:\n\ufffdpermissions Then\nrun again.');
});
