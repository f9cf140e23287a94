import { describe, expect, it } from 'vitest';
import { pairRuntime, pairSuspect, samplePairs } from '../judge/pair.fixture.ts';
import { pairNoise } from '../judge/pair-noise.ts';
import { metricOf } from '../model/metric.ts';
import { type Diagnosis, renderDiagnosis } from './diagnosis.ts';

const diagnosis: Diagnosis = {
  interpreters: [{ label: '3.13.0', source: 'pyenv', path: '/opt/python/bin/python3.13' }],
  refused: ['/opt/old/bin/python is a Python older than 3.4'],
  machine: {
    runnerClass: 'local',
    os: 'linux debian-12',
    kernel: '6.1.0',
    arch: 'x64',
    cpuModel: 'AMD EPYC 7763',
    cpus: 2,
    memoryBytes: 8 * 1024 ** 3,
    peerPython: '3.12.1-1a2b3c4d',
  },
  load: { stolen: 0.031, average: { before: 0.72, after: 1.64 } },
  noise: [
    pairNoise(pairSuspect('context_switch', { model: 'threads' }), samplePairs('hand-over', { noise: 0.3, count: 14 })),
    pairNoise(pairSuspect('data_crunching', { model: 'sequential' }), samplePairs('compute', { noise: 0.01, speed: 0.12, count: 14 })),
    pairNoise(pairSuspect('memory_per_unit', { metric: metricOf('peak_rss') }), samplePairs('size', { metric: 'peak_rss', count: 14 })),
    { kind: 'unknown', suspect: pairSuspect('blocking_calls'), reason: 'an assertion failed' },
  ],
  seconds: 59.6,
  seed: 7,
};

const lines = (part: Partial<Diagnosis> = {}) => renderDiagnosis({ ...diagnosis, ...part }, { width: 400 });

describe('renderDiagnosis', () => {
  it('shows machine, interpreters, noise and what it lets a comparison see', async () => {
    await expect(renderDiagnosis(diagnosis, { width: 100 })).toMatchFileSnapshot('../../test/golden/diagnosis.txt');
  });

  it.each([
    [{ stolen: 0, average: { before: 0.1, after: 1 } }, ['gave 0.0 % of the processor time to others: nothing shows', 'adds about one.\n']],
    [{ stolen: null, average: null }, ['does not say how much processor time', 'keeps no load average']],
    [
      { stolen: 0.4, average: { before: 3, after: 4 } },
      ['gave 40.0 % of the processor time to others: this machine is shared', 'else was running'],
    ],
  ])('says of the load %j what is known', (load, words) => {
    for (const each of words) expect(lines({ load })).toContain(each);
  });

  it('says that nothing was measured, and why', () => {
    const noise = [{ kind: 'unknown', suspect: pairSuspect('spawn'), reason: '2 of the 6 pairs were measured' }] as const;
    expect(lines({ noise })).toMatch(/Not measured\. Raise the time budget.*\n\n- Not known: spawn asyncio, 2 of the 6 pairs/);
    expect(lines({ noise })).not.toContain('Smallest slowdown seen');
  });

  it('draws no conclusion that the noise does not allow', () => {
    const quiet = [pairNoise(pairSuspect('spawn'), samplePairs('q', { noise: 0.005 }))];
    expect(lines({ noise: quiet })).toContain('in 1 of 1 probe cell can be seen with 40 pairs (1 with 20, 1 with 80).\n');
    const noisy = [pairNoise(pairSuspect('spawn'), samplePairs('n', { noise: 0.5 }))];
    expect(lines({ noise: noisy })).toContain(
      'in 0 of 1 probe cell can be seen with 40 pairs (0 with 20, 0 with 80). In the others it ends as inconclusive more often.',
    );
  });

  it('names the Python of a cell where there are several', () => {
    const other = { ...pairRuntime('0.22.1', '99999999'), python: '3.14.0', id: 'other' };
    const suspect = pairSuspect('spawn');
    const second = { ...suspect, cell: { ...suspect.cell, runtime: 'other' }, runtimes: { base: other, head: other } };
    const noise = [pairNoise(suspect, samplePairs('a')), pairNoise(second, samplePairs('b'))];
    expect(lines({ noise })).toContain('spawn asyncio on 3.13.0');
    expect(lines({ noise })).toContain('spawn asyncio on 3.14.0');
    expect(lines({ noise })).toContain('on Python 3.14.0 and 3.13.0:');
  });
});
