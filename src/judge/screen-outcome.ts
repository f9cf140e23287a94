import type { SuspectReason } from './screen.ts';

/** What the stored runs say of a cell. */
export type ScreenOutcome =
  | { readonly kind: 'cleared' }
  | { readonly kind: 'suspect'; readonly why: SuspectReason; readonly sentinel: boolean }
  /** A suspect that the cap on suspects leaves out of the pairs. */
  | { readonly kind: 'left out'; readonly why: SuspectReason }
  | { readonly kind: 'not judged'; readonly reason: string };
