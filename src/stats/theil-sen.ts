import { median } from './quantiles.ts';

/** One point of a line to be fitted; both coordinates finite. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * The slope of a line through points, robust against any single point of four or more: the median of the slopes of all
 * pairs of different x (Theil 1950, Sen 1968). In units of y per unit of x. Throws RangeError unless two x differ.
 */
export function theilSenSlope(points: readonly Point[]): number {
  const slopes = points.flatMap((one, index) =>
    points
      .slice(index + 1)
      .filter((other) => other.x !== one.x)
      .map((other) => (other.y - one.y) / (other.x - one.x)),
  );
  if (slopes.length === 0) throw new RangeError('a slope needs two points of different x');
  return median(slopes);
}
