/** How far a measuring is. Times in seconds. */
export interface MeasuringState {
  /** Processes that ended, and that are planned. */
  readonly done: number;
  readonly planned: number;
  /** Round that is running, from 1. */
  readonly round: number;
  readonly rounds: number;
  /** Until the end at the pace so far; null while nothing is known. */
  readonly remainingSeconds: number | null;
  /** Until the time budget ends. */
  readonly budgetLeftSeconds: number;
  /** How far a cell's processes scatter so far, in the middle of all cells, as a share of their median; null until one has enough. */
  readonly noise: number | null;
  /** What is being measured, in words. */
  readonly current: string;
}
