/** The machine a run was measured on. Everything that shifts results by a step belongs here. */
export interface Machine {
  /** "github-hosted", "self-hosted" or "local", with the image or host kind: "github-hosted ubuntu24". */
  readonly runnerClass: string;
  /** OS and its major version: "linux debian-12". */
  readonly os: string;
  readonly kernel: string;
  /** "x64", "arm64". */
  readonly arch: string;
  /** As the CPU names itself; recorded and preferred, never required. */
  readonly cpuModel: string;
  /** Logical CPUs this process may use. */
  readonly cpus: number;
  /** Physical memory in bytes. */
  readonly memoryBytes: number;
  /** The fixed interpreter that peers run on, "3.12.3-1a2b3c4d": another one shifts every workload that has peers. */
  readonly peerPython: string;
}
