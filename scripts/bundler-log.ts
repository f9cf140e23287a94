/** A warning of the bundler is a fault, but for the two that come from packages and change nothing. */
export function refuse(level: string, log: { readonly code?: string; readonly message: string; readonly id?: string }): void {
  const harmless = log.code === 'CIRCULAR_DEPENDENCY' || log.code === 'EVAL' || (log.id ?? '').includes('node_modules');
  if (level === 'warn' && !harmless) throw new Error(log.message);
}
