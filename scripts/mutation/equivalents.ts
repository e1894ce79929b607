/** A mutant that behaves like the source, so that no test can kill it. */
export interface Equivalent {
  /** Relative to the checkout. */
  readonly file: string;
  /** The whole line without the mistake. */
  readonly line: string;
  /** As a run prints it. */
  readonly change: string;
  readonly reason: string;
}

export const equivalents: readonly Equivalent[] = [];
