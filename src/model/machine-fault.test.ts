import { describe, expect, it } from 'vitest';
import { machineFault } from './machine-fault.ts';
import { UserError } from './user-error.ts';

const failed = (code: string) => Object.assign(new Error(`${code}: it failed`), { code });

describe('machineFault', () => {
  it('says what could not be done, why, and what to do', () => {
    const fault = machineFault(failed('ENOSPC'), 'results.json cannot be written');
    expect(fault).toBeInstanceOf(UserError);
    expect(fault?.message).toBe('results.json cannot be written: ENOSPC: it failed. Free some space there, and start it again.');
  });

  it.each([[failed('ERR_INVALID_ARG_TYPE')], [failed('constructor')], [new Error('no code')], ['text'], [null]])('leaves %s', (error) => {
    expect(machineFault(error, 'It cannot be done')).toBeNull();
  });
});
