/** A warning of the bundler is a fault, but for those that come from packages and change nothing. */
export function refuse(level: string, log: { readonly code?: string; readonly message: string; readonly id?: string }): void {
  if (level !== 'warn') return;
  const harmless = log.code === 'CIRCULAR_DEPENDENCY' || log.code === 'EVAL' || (log.id ?? '').includes('node_modules');
  // What is not found would be looked for where the bundle runs, and nothing is installed there.
  if (!harmless || log.code === 'UNRESOLVED_IMPORT') throw new Error(log.message);
}
