import type { PairNoise } from '../judge/pair-noise.ts';
import type { Diagnosis } from './diagnosis.ts';

/** Version of the document that `doctor --json` prints. 1: first. */
const diagnosisSchema = 1;

/** What was found out about this machine, as a JSON value. Spreads are of logarithms, effects are shares. */
export function diagnosisJson({ interpreters, refused, machine, load, noise, seconds, seed }: Diagnosis) {
  return { schema: diagnosisSchema, kind: 'doctor', interpreters, refused, machine, load, noise: noise.map(noiseJson), seconds, seed };
}

function noiseJson(noise: PairNoise) {
  const { cell, metric } = noise.suspect;
  const of = { ...cell, metric: metric.id, unit: metric.unit };
  if (noise.kind === 'unknown') return { ...of, reason: noise.reason, pairs: null, center: null, spread: null, visible: [] };
  const { center, pairs, visible } = noise;
  const { processes, controlled } = noise.spread;
  return { ...of, reason: null, pairs, center, spread: { processes, pairs: noise.spread.pairs, controlled }, visible };
}
