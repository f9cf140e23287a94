import { chmodSync, rmSync } from 'node:fs';
import { vi } from 'vitest';
import type { MakeExecutor } from './run-case.ts';

const measure = '../../src/measure';

/** Parts of the executor that guard against hostile workloads, each with a stand-in that guards against nothing. */
const guards = {
  'the sweep': { module: 'survivors', standIn: { killSurvivors: async () => [] } },
  'the watch': {
    module: 'resource-watch',
    standIn: {
      ResourceWatch: class {
        exceeded(): null {
          return null;
        }
      },
    },
  },
  'the limits of the kernel': { module: 'sample-limits', standIn: { limitsArgument: () => '' } },
  'the careful removal': {
    module: 'sample-folder',
    standIn: {
      removeSampleFolder: async ({ path }: { readonly path: string }) => {
        chmodSync(path, 0o700);
        rmSync(path, { recursive: true, force: true });
        return null;
      },
    },
  },
  'the fence': { module: 'output-tail', standIn: { fenceOutput: (text: string) => text, harmlessPhrase: (text: string) => text } },
  'the allow-list': {
    module: 'worker-environment',
    standIn: {
      workerEnvironment: ({
        host,
        runtime,
        home,
      }: {
        readonly host: object;
        readonly runtime: { readonly environment: object };
        readonly home: string;
      }) => ({
        ...host,
        ...runtime.environment,
        HOME: home,
        TMPDIR: home,
      }),
    },
  },
} as const;

/** The name of a guard that can be taken away. */
export type Guard = keyof typeof guards;

/** The executor without one of its guards: a planted fault, which the cases that the guard is for must see. */
export async function withoutGuard(guard: Guard): Promise<MakeExecutor> {
  const { module, standIn } = guards[guard];
  const path = `${measure}/${module}.ts`;
  vi.resetModules();
  vi.doMock(path, async (original) => ({ ...(await original<object>()), ...standIn }));
  const { processExecutor } = await import(`${measure}/process-executor.ts`);
  vi.doUnmock(path);
  return processExecutor;
}
