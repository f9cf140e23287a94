import { describe, expect, it } from 'vitest';
import { renderSimulationTerminal, type ShownSimulation } from './simulation.ts';

const share = (count: number, of: number) => ({ count, of, low: count / of / 2, high: (1 + count / of) / 2 });

function rule(name: string, [falsely, tenth, fifth, all]: readonly [number, number, number, number], processRuns: number) {
  const caught = [share(tenth, 120), share(fifth, 120)];
  return { name, rule: `what ${name} does`, falselyFlagged: share(falsely, 100), caught, allCells: share(all, 30), processRuns };
}

const simulation: ShownSimulation = {
  machines: [
    {
      name: 'quiet',
      means: 'one quiet machine',
      ours: rule('ours', [0, 120, 120, 30], 620.4),
      peers: [rule('negative control', [99, 119, 120, 30], 500), rule('ratio', [0, 0, 1, 0], 500)],
    },
    {
      name: 'hostile',
      means: 'an oversubscribed machine',
      ours: rule('ours', [1, 93, 120, 29], 6641),
      peers: [rule('negative control', [93, 70, 99, 30], 1000), rule('ratio', [5, 0, 1, 4], 1000)],
    },
  ],
  cells: 100,
  slowedCells: 4,
  slowdowns: [0.1, 0.2],
  pullRequests: 100,
  changing: 30,
  seed: 'a seed',
  seconds: 20.6,
  bounds: { kind: 'checked' },
  missed: [],
};

const lines = (part: Partial<ShownSimulation>) => renderSimulationTerminal({ ...simulation, ...part }, { width: 400 });

describe('renderSimulationTerminal', () => {
  it('shows our rule, the others on the same draws, and the bounds', async () => {
    await expect(renderSimulationTerminal(simulation, { width: 100 })).toMatchFileSnapshot('../../test/golden/simulation.txt');
  });

  it('says what is missed', () => {
    const text = lines({ missed: ['quiet: too few slowdowns of 10 % caught'] });
    expect(text).toContain('Missed:\n\n- quiet: too few slowdowns of 10 % caught');
    expect(text).not.toContain('No bound is missed');
  });

  it('says that few pull requests cannot resolve shares of a percent, and no longer with many', () => {
    expect(lines({})).toContain('Shares of a percent need 1,000 pull requests; with 100');
    expect(lines({ pullRequests: 1000 })).not.toContain('Shares of a percent');
  });

  it('checks no bound that is not stated', () => {
    const text = lines({ bounds: { kind: 'not stated', statedFor: 100 }, cells: 30 });
    expect(text).toContain('stated for projects of 100 cells; none was checked');
    expect(text).not.toContain('No bound is missed');
  });

  it('refuses machines with different rules', () => {
    const [first, second] = simulation.machines;
    if (first === undefined || second === undefined) throw new Error('a machine is missing');
    expect(() => lines({ machines: [first, { ...second, peers: [] }] })).toThrow(/lacks a rule/);
  });
});
