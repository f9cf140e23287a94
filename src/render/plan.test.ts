import { describe, expect, it } from 'vitest';
import { planShards } from '../plan/shards.ts';
import { renderPlanTerminal } from './plan.ts';

const workloads = [{ id: 'spawn', seconds: null }];
const pythons = [
  { python: '3.12', workloads },
  { python: '3.13.5', workloads },
];
const shards = planShards({ run: 'r', pythons, cells: 8, unavailable: [], secondsPerShard: 60, most: 20 });
const whole = { shards, unavailable: [], notes: [], unknownCosts: null, unusable: [] };

/** As one line. */
function shown(more: Partial<Parameters<typeof renderPlanTerminal>[0]>): string {
  return renderPlanTerminal({ ...whole, ...more }, { width: 400 }).replaceAll(/\s+/g, ' ');
}

describe('renderPlanTerminal', () => {
  it('lists the shards, and is silent about what is as it was asked for', () => {
    expect(shown({})).toMatch(/2 shards\. .* 1 of 2 Python 3\.12 spawn 2 of 2 Python 3\.13\.5 spawn $/);
  });

  it('says what is planned otherwise than it was asked for, and why', () => {
    expect(shown({ notes: ['One interpreter: 3.13, 3.13.5.'] })).toContain(' One interpreter: 3.13, 3.13.5.');
    expect(shown({ unknownCosts: 'The branch does not answer.' })).toContain(
      ' Shared out without stored costs. The branch does not answer.',
    );
    expect(shown({ unavailable: [{ requested: '>=3.15', reason: 'None.' }] })).toContain(' Not available: >=3.15. None.');
    expect(shown({ unusable: [{ file: '/a b.py', reason: 'A name.' }] })).toContain(' Not usable: /a b.py. A name.');
  });
});
