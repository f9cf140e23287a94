/** What a kernel counted since it started, in its own ticks. */
export interface ProcessorTime {
  /** Time that the host gave to other guests while this machine wanted to run. */
  readonly stolen: number;
  /** Time in which nothing was to be done, waits for disks included. */
  readonly idle: number;
  /** All of it, idle time included. */
  readonly total: number;
}
