import { type Simulation, simulate } from '../simulate/simulation.ts';
import type { Progress } from '../terminal/progress.ts';
import type { SimulateCommand } from '../terminal/simulate-arguments.ts';

/** Simulates pull requests and judges them by the rule that judges real ones and by those of other tools. Measures and writes nothing. */
export function runSimulation(command: SimulateCommand, progress: Progress): Simulation {
  const { pullRequests, seed, cells, scenarios } = command;
  /** Processor seconds: what a simulation costs does not depend on who else uses the machine. */
  const clock = () => process.cpuUsage().user / 1e6;
  return simulate({
    ...{ pullRequests, seed, cells, clock },
    ...(scenarios.length === 0 ? {} : { scenarios }),
    progress: (line) => progress.note(line),
  });
}
