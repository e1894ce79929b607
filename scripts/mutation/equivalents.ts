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

export const equivalents: readonly Equivalent[] = [
  {
    file: "src/http/proxyRules.ts",
    line: String.raw`const host = target.hostname.replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "");`,
    change: String.raw`/^\[(.*)\]$/ → /^\[(.*)\]/`,
    reason: "A hostname that begins with a bracket ends with one, because URL accepts no other.",
  },
  {
    file: "src/model/secretShapes.ts",
    line: String.raw`const authority = /^[^/?#\\]*/.exec(rest)?.[0] ?? "";`,
    change: String.raw`/^[^/?#\\]*/ → /[^/?#\\]*/`,
    reason: "A pattern that also matches nothing is found at the beginning, with or without an anchor.",
  },
];
