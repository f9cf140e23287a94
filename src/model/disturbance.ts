/** What disturbs a process that runs meanwhile: no workload brings it about, so leaving the process out selects nothing. */
export const disturbanceCauses = ['clock step', 'setting changed'] as const;

/**
 * What slows a process and may be its own doing, as of one that takes more memory or processors than it did, or the lasting
 * state of a shared machine. A process that it slowed is one like any other: leaving it out would hide a change that slows by it.
 */
export const strainCauses = ['throttled', 'swapped', 'memory stall', 'heat', 'stolen time'] as const;

/** One that disturbs. */
export type DisturbanceCause = (typeof disturbanceCauses)[number];

/** One that strains. */
export type StrainCause = (typeof strainCauses)[number];

/** What may happen to a machine while a process runs on it. */
export type MachineCause = DisturbanceCause | StrainCause;

/**
 * What happened to the machine while a process ran, by the counters of the system alone: what the process measured has no
 * say in it. `amount` is in the unit of its cause (`causeUnits`), above 0.
 */
export interface MachineEvent<Cause extends MachineCause = MachineCause> {
  readonly cause: Cause;
  readonly amount: number;
}

/** For which a process is measured anew, and takes no part in a pair where that does not help. */
export type Disturbance = MachineEvent<DisturbanceCause>;

/** Which is told, and changes nothing about the process. */
export type Strain = MachineEvent<StrainCause>;

const disturbing: ReadonlySet<MachineCause> = new Set(disturbanceCauses);

/** Whether an event disturbs, else it strains. */
export function disturbs(event: MachineEvent): event is Disturbance {
  return disturbing.has(event.cause);
}

/** Whether an event strains, else it disturbs. */
export function strains(event: MachineEvent): event is Strain {
  return !disturbing.has(event.cause);
}

/** What an amount counts: seconds, pages of memory, events, or a share in [0, 1]. */
const causeUnits = {
  'clock step': 's',
  throttled: 's',
  swapped: 'pages',
  'memory stall': 's',
  heat: 'events',
  'stolen time': 'share',
  'setting changed': 'events',
} as const satisfies Record<MachineCause, 's' | 'pages' | 'events' | 'share'>;

/** What happened, as part of a sentence about processes: "3 processes ran while …". */
const wordsOfCause: Readonly<Record<MachineCause, string>> = {
  'clock step': 'the clock of the machine was set, or the machine stood still',
  throttled: 'a quota kept the processors from them',
  swapped: 'memory was swapped',
  'memory stall': 'everything waited for memory',
  heat: 'the processor was slowed for its heat',
  'stolen time': 'the host gave much of the processor time to others',
  'setting changed': 'the processors that may be used, their quota or their frequency were changed',
};

/** What to do against it. */
const remedyOfCause: Readonly<Record<MachineCause, string>> = {
  'clock step': 'let the machine set its clock before the job',
  throttled: 'give the container whole processors, or workloads that need fewer',
  swapped: 'give the machine more memory',
  'memory stall': 'give the machine more memory',
  heat: 'cool the machine, or lower its frequency for good',
  'stolen time': 'use a runner that shares its host with fewer',
  'setting changed': 'keep what tunes the machine from doing it during the job',
};

/** What happened, in words that follow "while". */
export function causeWords(cause: MachineCause): string {
  return wordsOfCause[cause];
}

/** An amount with its unit: "1.2 s", "20 % of it". */
export function amountText({ cause, amount }: MachineEvent): string {
  switch (causeUnits[cause]) {
    case 's':
      return `${amount.toFixed(2)} s`;
    case 'pages':
      return `${amount} pages`;
    case 'events':
      return amount === 1 ? 'once' : `${amount} times`;
    case 'share':
      return `${(amount * 100).toFixed(0)} %`;
  }
}

/** What to do against it, as an order. */
export function causeRemedy(cause: MachineCause): string {
  return remedyOfCause[cause];
}
