import { z } from 'zod';

/** Text of at most so many characters. */
export const text = (longest: number) => z.string().max(longest);

/** What somebody wrote for a reader: reasons, messages, the end of an output. Bounded so that one text cannot fill a file. */
export const prose = text(20_000);

/** Text of at most so many characters without a control character: messages print it as it is. */
export const oneLine = (longest: number) => text(longest).regex(/^[^\p{Cc}]*$/u, 'holds a control character');

/** Prose in one line. */
export const sentence = oneLine(20_000);

/** A name in one line. */
export const identifier = oneLine(200);

/** A name that is part of a cell's: in the pattern of an accepted change it must stand for itself alone. */
export const cellName = identifier.regex(/^[^*?]*$/, 'holds a * or ?, which stand for any text in a pattern');

/** A name that values are found by; none reaches a prototype. */
export const key = identifier.regex(/^(?!(?:__proto__|constructor|prototype)$)/, 'is a reserved name');

/** A path below the root of a repository, with slashes, that does not lead out of it. */
export const repositoryPath = text(400)
  .min(1)
  .regex(/^(?!\/)(?!(?:.*\/)?\.\.(?:\/|$))[^\p{Cc}]*$/u, 'is no path below the root of a repository');

/** Values by name. */
export const names = <T extends z.ZodType>(value: T) => z.record(key, value);

/** No quantity is larger, and sums and roundings of such numbers stay finite. */
export const largestFigure = 1e300;

/** A figure in base units. */
export const figure = z.number().min(-largestFigure).max(largestFigure);

/** Seconds, finite and not negative. */
export const seconds = figure.nonnegative();

/** A whole number that is not negative. */
export const count = z.int().nonnegative();

/** A whole number of at least one. */
export const place = z.int().positive();

/** 40 hexadecimal digits. */
export const commitId = z.string().regex(/^[0-9a-f]{40}$/, 'is not a commit id');

/** ISO 8601, UTC. */
export const instant = z.iso.datetime();
