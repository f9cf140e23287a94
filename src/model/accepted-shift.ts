/** A change of level on the base branch that somebody accepted: for these cells, runs before it no longer count. */
export interface AcceptedShift {
  /** Patterns over `cellId`, `*` for any text: "chat_server/asyncio/*". At least one. */
  readonly cells: readonly string[];
  /** The first commit of the new level, 40 hex digits. */
  readonly commit: string;
  /** Who accepted it: a login, or a name of the terminal's user. */
  readonly by: string;
  readonly why: string;
  /** When, ISO 8601, UTC. */
  readonly created: string;
}
