import { interpreterKey, type Runtime, runtimeLabel } from '../model/runtime.ts';

/** A column of every table by runtime: the runtime and its shortest name that no other column has. */
export interface RuntimeColumn {
  readonly runtime: Runtime;
  readonly label: string;
}

/** One column per runtime. Equal versions are told apart by their uvloop, then by their build. */
export function runtimeColumns(runtimes: readonly Runtime[]): readonly RuntimeColumn[] {
  const names = [runtimeLabel, withUvloop, withBuild, ({ id }: Runtime) => id];
  return runtimes.map((runtime) => {
    const name = names.find((candidate) => runtimes.every((other) => other.id === runtime.id || candidate(other) !== candidate(runtime)));
    return { runtime, label: (name ?? runtimeLabel)(runtime) };
  });
}

/** One column per interpreter, for tables of models that use no uvloop. */
export function interpreterColumns(runtimes: readonly Runtime[]): readonly RuntimeColumn[] {
  const first = new Map<string, Runtime>();
  for (const runtime of runtimes) {
    const key = interpreterKey(runtime);
    if (!first.has(key)) first.set(key, runtime);
  }
  return runtimeColumns([...first.values()]);
}

function withUvloop(runtime: Runtime): string {
  const uvloop = runtime.packages['uvloop'];
  return `${runtimeLabel(runtime)}, ${uvloop === undefined ? 'no uvloop' : `uvloop ${uvloop}`}`;
}

function withBuild(runtime: Runtime): string {
  return `${runtimeLabel(runtime)}, build ${runtime.build}`;
}
