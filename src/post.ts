import { mayHaveLeft } from './github/step-state.ts';

if (mayHaveLeft(process.env)) {
  const { concludeLeftRun } = await import('./pipeline/left-run.ts');
  await concludeLeftRun(process.env);
}
