import type { Random } from './random.ts';

/** Shapes that the logarithm of a process value has: well-behaved, long-tailed, with wild processes, of two modes. */
export const noiseShapes = ['normal', 'Laplace', 'contaminated', 'bimodal'] as const;

/** One of {@link noiseShapes}. */
export type NoiseShape = (typeof noiseShapes)[number];

/** One standard normal deviate (Box and Muller 1958). */
export function normalDeviate(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** One process's deviation from the level of its cell, log scale, before it is scaled: about 1 in size, not always 0 on average. */
export function noiseOf(shape: NoiseShape, random: Random): number {
  switch (shape) {
    case 'normal':
      return normalDeviate(random);
    case 'Laplace':
      return (random() < 0.5 ? -1 : 1) * Math.log(1 - random());
    case 'contaminated':
      return normalDeviate(random) + (random() < 0.1 ? 10 * random() : 0);
    case 'bimodal':
      return 0.2 * normalDeviate(random) + (random() < 0.4 ? 2 : 0);
  }
}

/** The difference of two processes of the same level: a pair in which nothing changed. */
export function nullDifference(shape: NoiseShape, random: Random): number {
  return noiseOf(shape, random) - noiseOf(shape, random);
}
