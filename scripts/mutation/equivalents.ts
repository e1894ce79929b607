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
  {
    file: "src/http/exchange.ts",
    line: "if (this.#failure !== undefined) return;",
    change: "this.#failure !== undefined → false",
    reason: "The body of a failed exchange is destroyed, and a destroyed stream ignores what arrives.",
  },
  {
    file: "src/table/find/cellSafe.ts",
    line: "if (to > 127) return false;",
    change: "to > 127 → false",
    reason: "The only rule that is passed in refuses each of these characters as well; the line saves time.",
  },
  {
    file: "src/table/find/needle.ts",
    line: "const hasLetters = lower.some((byte) => byte >= 97 && byte <= 122);",
    change: "&& → ||",
    reason: "A text without letters is the same in either case; the condition saves time.",
  },
  {
    file: "src/table/find/search.ts",
    line: 'return filter.test("") ? undefined : filter;',
    change: 'filter.test("") → true',
    reason: "The filter only skips rows that can't match; without it, a search finds the same and takes longer.",
  },
];
