import { z } from 'zod';
import { shareFrom } from '../model/share.ts';

/** A share in [0, 1) from "10%", "10 %", "0.1" or 0.1. */
export const share = z.preprocess(
  (given) => (typeof given === 'string' ? (shareFrom(given) ?? Number.NaN) : given),
  z.number('is not a share such as 10% or 0.1').min(0, 'must be 0% or more').lt(1, 'must be below 100%; write 10% or 0.1'),
);

/** A share in (0, 1). */
export const shareAboveZero = share.refine((value) => value > 0, 'must be above 0%; write 10% or 0.1');
