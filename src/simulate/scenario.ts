import { defaultDesign } from '../judge/confirm-design.ts';

type Range = readonly [low: number, high: number];

/** One kind of machine, all figures on the log scale: 0.03 is about 3 %. */
export interface Scenario {
  readonly name: string;
  readonly means: string;
  /** Which CPU a runner has: share of runners and shift of the CPU-bound figures. */
  readonly cpuModels: readonly { readonly share: number; readonly shift: number }[];
  /** SD of what one cell makes of one CPU model, once per world. */
  readonly cellByModel: number;
  /** SD of one machine's speed. */
  readonly host: number;
  /** SD of what one cell makes of one machine. */
  readonly hostByCell: number;
  /** SD of the machine's speed over time. */
  readonly drift: number;
  /** Share of time in which a neighbour takes the machine, and by how much. */
  readonly burst: { readonly share: number; readonly amplitude: Range };
  /** SD between processes, log-uniform over cells. */
  readonly processDeviation: Range;
  /** SD between the values of a process, log-uniform over cells. */
  readonly innerDeviation: Range;
  /** Processes that are slow as a whole. */
  readonly slowProcess: { readonly share: number; readonly amplitude: Range };
  /** Share of values with an exponential outlier of mean 0.3. */
  readonly outlierShare: number;
  /** SD of the constant difference of layout between the two sides of a cell. */
  readonly layoutBias: number;
  /** Processes a cell and run, values a process, pairs at which to look. */
  readonly processes: number;
  readonly values: number;
  readonly looks: readonly number[];
}

const values = 5;
const common = { processes: 5, values, looks: defaultDesign.looks };

const quiet: Scenario = {
  ...common,
  name: 'quiet',
  means: 'one quiet machine: 0.4 to 2 % between processes',
  cpuModels: [{ share: 1, shift: 0 }],
  cellByModel: 0,
  host: 0.004,
  hostByCell: 0.004,
  drift: 0.008,
  burst: { share: 0.005, amplitude: [0.05, 0.3] },
  processDeviation: [0.004, 0.02],
  innerDeviation: [0.01, 0.03],
  slowProcess: { share: 0.01, amplitude: [0.1, 0.5] },
  outlierShare: 0.03,
  layoutBias: 0.002,
};

const hostedSame: Scenario = {
  ...common,
  name: 'hostedSame',
  means: 'hosted runners of one CPU model: 3 % between machines, 1 to 5 % between processes',
  cpuModels: [{ share: 1, shift: 0 }],
  cellByModel: 0,
  host: 0.03,
  hostByCell: 0.015,
  drift: 0.03,
  burst: { share: 0.03, amplitude: [0.1, 0.5] },
  processDeviation: [0.01, 0.05],
  innerDeviation: [0.02, 0.06],
  slowProcess: { share: 0.03, amplitude: [0.15, 0.6] },
  outlierShare: 0.05,
  layoutBias: 0.003,
};

const hosted: Scenario = {
  ...hostedSame,
  name: 'hosted',
  means: 'hosted runners of three CPU models, 0, 8 and 22 % apart, each cell another 4 % on each',
  cpuModels: [
    { share: 0.5, shift: 0 },
    { share: 0.3, shift: 0.08 },
    { share: 0.2, shift: 0.22 },
  ],
  cellByModel: 0.04,
};

const hostile: Scenario = {
  ...common,
  name: 'hostile',
  means: 'oversubscribed machines: 6 % between machines, 3 to 12 % between processes; 10 processes a cell, looks to 80 pairs',
  cpuModels: [
    { share: 0.5, shift: 0 },
    { share: 0.3, shift: 0.12 },
    { share: 0.2, shift: 0.26 },
  ],
  cellByModel: 0.06,
  host: 0.06,
  hostByCell: 0.03,
  drift: 0.08,
  burst: { share: 0.08, amplitude: [0.1, 0.7] },
  processDeviation: [0.03, 0.12],
  innerDeviation: [0.05, 0.15],
  slowProcess: { share: 0.06, amplitude: [0.2, 1.0] },
  outlierShare: 0.05,
  layoutBias: 0.004,
  processes: 10,
  looks: [10, 20, 40, 80],
};

/** The machines of the acceptance figures, the quietest first. */
export const scenarios: readonly Scenario[] = [quiet, hostedSame, hosted, hostile];

/**
 * A guest whose virtual CPU changes speed by 10 to 20 % from one process to the next, as was measured on one of two
 * virtual CPUs: the case that the control variate is for.
 */
export const guest: Scenario = {
  ...hostedSame,
  name: 'guest',
  means: 'a guest whose CPU changes speed by 10 to 20 % from one process to the next; looks to 80 pairs',
  processDeviation: [0.1, 0.2],
  looks: [10, 20, 40, 80],
};

/** How the cells of a family feel the machine; scales multiply the scenario's figures. */
export interface Family {
  readonly name: string;
  /** Share of the cells. */
  readonly share: number;
  /** How much of the machine's speed reaches the figure. */
  readonly beta: number;
  readonly ownNoise: number;
  readonly cellByModel: number;
  readonly hostByCell: number;
  readonly slowProcess: number;
  readonly outlier: number;
  /** Correlation of a process's own noise with what the calibration loop of the same process sees. */
  readonly calibration: number;
}

/** CPU-bound, mixed, and dominated by sleeping. */
export const families: readonly Family[] = [
  { name: 'CPU-like', share: 0.6, beta: 1, ownNoise: 1, cellByModel: 1, hostByCell: 1, slowProcess: 1, outlier: 1, calibration: 0.97 },
  { name: 'mixed', share: 0.25, beta: 0.6, ownNoise: 1, cellByModel: 1, hostByCell: 1, slowProcess: 1, outlier: 1, calibration: 0.8 },
  {
    name: 'sleep-dominated',
    share: 0.15,
    beta: 0.05,
    ownNoise: 0.3,
    cellByModel: 0.1,
    hostByCell: 0.2,
    slowProcess: 0.2,
    outlier: 0.3,
    calibration: 0,
  },
];
