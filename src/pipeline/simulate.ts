import { renderSimulationTerminal } from '../render/simulation.ts';
import { simulate } from '../simulate/simulation.ts';
import type { SimulateCommand } from '../terminal/arguments.ts';
import type { Progress } from '../terminal/progress.ts';

/** What a simulation came to. */
export interface SimulationOutcome {
  readonly text: string;
  /** Bounds that the figures contradict beyond chance, one sentence each. */
  readonly missed: readonly string[];
}

/** Simulates pull requests and judges them by the rule that judges real ones and by those of other tools. Measures and writes nothing. */
export function runSimulation(command: SimulateCommand, progress: Progress, width: number): SimulationOutcome {
  const { pullRequests, seed, cells, scenarios } = command;
  /** Processor seconds: what a simulation costs does not depend on who else uses the machine. */
  const clock = () => process.cpuUsage().user / 1e6;
  const simulation = simulate({
    ...{ pullRequests, seed, cells, clock },
    ...(scenarios.length === 0 ? {} : { scenarios }),
    progress: (line) => progress.note(line),
  });
  return { text: renderSimulationTerminal(simulation, { width }), missed: simulation.missed };
}
