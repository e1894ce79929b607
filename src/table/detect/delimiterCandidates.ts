import { delimiters } from "../tableTypes.ts";

/** How many lines are examined for unusual delimiters. */
const examinedLines = 50;
const examinedLength = 8_192;
/** The share of lines in which a delimiter occurs equally often. */
const agreeing = 0.8;

/** How likely a character is a delimiter if it divides all rows equally. */
export type DelimiterKind =
  /** Control characters, which occur in no other text. */
  | "control"
  | "usual"
  /** Symbols that are rare in values. */
  | "symbol"
  /** Characters that often occur in values: spaces, colons, slashes. */
  | "common";

const symbols = /[~^¦§¤¬·•¶†‡þÞÿ!#$%&*=?]/u;
const common = /[ :/\\+@.\-_]/;

/** Undefined for letters, digits, brackets and quotes, which are never detected as delimiters. */
export function delimiterKind(character: string): DelimiterKind | undefined {
  if (delimiters.includes(character)) return "usual";
  if (/[\u0001-\u0008\u000e-\u0019\u001b-\u001f]/.test(character)) return "control";
  if (symbols.test(character)) return "symbol";
  return common.test(character) ? "common" : undefined;
}

/** The usual delimiters, and other characters that most lines contain equally often. */
export function delimiterCandidates(text: string, newline: string): string[] {
  const lines = text
    .slice(0, examinedLength)
    .replaceAll(/"[^"\n\r]*"/g, "")
    .split(newline, examinedLines + 1)
    .slice(0, examinedLines);
  const counts = lines.filter((line) => line.trim() !== "").map(unusualCharacters);
  if (counts.length < 2) return [...delimiters];
  const unusual = new Set(counts.flatMap((line) => [...line.keys()]));
  return [...delimiters, ...[...unusual].filter((character) => isEven(counts, character))];
}

function unusualCharacters(line: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [character] of line.matchAll(/[^\p{L}\p{N}"'`,;\t|\r]|[þÞÿ]/gu)) {
    if (delimiterKind(character) !== undefined) counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  return counts;
}

function isEven(lines: readonly ReadonlyMap<string, number>[], character: string): boolean {
  const times = new Map<number, number>();
  for (const line of lines) {
    const count = line.get(character) ?? 0;
    if (count > 0) times.set(count, (times.get(count) ?? 0) + 1);
  }
  return Math.max(0, ...times.values()) >= lines.length * agreeing;
}
