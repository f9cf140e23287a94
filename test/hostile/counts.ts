import type { TaskMeta } from 'vitest';

declare module 'vitest' {
  interface TaskMeta {
    /** How many cases one test tries, where it is more than one, and how many of them passed where not all did. */
    counted?: { readonly tried: number; readonly passed?: number };
  }
}

/** Says that a test tries many cases at once; the corpus counts them. */
export function count({ meta }: { readonly meta: TaskMeta }, counted: { readonly tried: number; readonly passed?: number }): void {
  meta.counted = counted;
}
