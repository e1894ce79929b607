import type { Random } from "../../sandbox/sampleData/random.ts";
import type { FindPattern, TableShape } from "../../src/table/tableTypes.ts";
import { columnKey, type Comparison, expectEqual, shapeOf } from "./comparison.ts";
import type { SlowTable } from "./slowReader.ts";

/** With more matches, a comparison takes long and says little. */
const mostMatches = 100_000;

const expressions = [
  ...[String.raw`\d+`, "[a-c]{2,}", "^a", "x$", String.raw`\bfoo`, String.raw`(foo|bar)\s`, "é+", String.raw`\s+`, '"'],
  ...[
    "[^,]{3,}",
    String.raw`\p{L}+\d`,
    "^$",
    String.raw`^\S+$`,
    "a.c",
    String.raw`\n`,
    "Ann.*foo",
    "(?<=a)b",
    "n(?=u)",
  ],
];

/** Compares every match of a text and of a regular expression with a plain scan of all values. @throws Difference */
export async function compareMatches(comparison: Comparison, slow: SlowTable): Promise<void> {
  const { random } = comparison;
  const shape = await shapeOf(comparison.file);
  const text = valueText(random, slow);
  await comparePattern(comparison, slow, shape, { ...options(random, shape), text, regex: false });
  const expression = random.chance(0.7) ? random.pick(expressions) : escaped(valueText(random, slow));
  await comparePattern(comparison, slow, shape, { ...options(random, shape), text: expression, regex: true });
}

function options(random: Random, { columns }: TableShape): Pick<FindPattern, "caseSensitive" | "wholeWord" | "column"> {
  const column = random.chance(0.2) && columns.length > 0 ? { column: random.below(columns.length) } : {};
  return { caseSensitive: random.chance(0.5), wholeWord: random.chance(0.15), ...column };
}

async function comparePattern(
  comparison: Comparison,
  slow: SlowTable,
  shape: TableShape,
  pattern: FindPattern,
): Promise<void> {
  const only = pattern.column === undefined ? undefined : columnKey(comparison, shape, pattern.column);
  const expected = scan(slow, expressionOf(pattern), only);
  if (expected === undefined) return;
  const places: { row: number; column: number }[] = [];
  for await (const matches of comparison.file.matches(pattern, comparison.signal)) places.push(...matches);
  const found = await shapeOf(comparison.file);
  const actual = places.map(({ row, column }) => `${row}\t${columnKey(comparison, found, column)}`);
  const kind = pattern.regex ? "matches of a regular expression" : "matches of a text";
  const compared = comparison.table.writing.kind === "json" ? expected : withoutDamaged(slow, expected, actual);
  expectEqual(comparison, kind, { pattern, matches: compared.toSorted() }, { pattern, matches: actual.toSorted() });
}

/** In damaged rows, find can miss a match across the quote that closes a field (docs/reading.md). */
function withoutDamaged({ rows }: SlowTable, expected: readonly string[], actual: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const place of actual) left.set(place, (left.get(place) ?? 0) + 1);
  return expected.filter((place) => {
    const found = left.get(place) ?? 0;
    left.set(place, found - 1);
    return found > 0 || rows[Number.parseInt(place, 10)]?.malformed !== true;
  });
}

/** Undefined if there are too many. */
function scan({ rows }: SlowTable, expression: RegExp, only: string | undefined): string[] | undefined {
  const places: string[] = [];
  for (const [row, { cells }] of rows.entries()) {
    for (const [column, { text }] of cells) {
      if (only !== undefined && column !== only) continue;
      for (const [match] of text.matchAll(expression)) if (match !== "") places.push(`${row}\t${column}`);
    }
    if (places.length > mostMatches) return undefined;
  }
  return places;
}

/** Plain text that ignores case has no flag `u`, with which `k` would match the Kelvin sign. */
function expressionOf({ text, regex, caseSensitive, wholeWord }: FindPattern): RegExp {
  const source = regex ? text : escaped(text);
  const flags = `g${caseSensitive ? "" : "i"}${regex || caseSensitive || wholeWord ? "u" : ""}`;
  const word = String.raw`[\p{L}\p{N}_]`;
  return new RegExp(wholeWord ? `(?<!${word})(?:${source})(?!${word})` : source, flags);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}

/** A piece of a random value, or something that is in no value. */
function valueText(random: Random, { rows }: SlowTable): string {
  const cells = rows.length === 0 ? [] : [...random.pick(rows).cells.values()].filter(({ text }) => text !== "");
  if (cells.length === 0 || random.chance(0.1)) return random.pick(["nowhere", "\n", ",", '"', "\\", "é"]);
  const { text } = random.pick(cells);
  const characters = Array.from(text);
  const from = random.below(characters.length);
  const piece = characters.slice(from, from + 1 + random.below(random.pick([3, 12, 300]))).join("");
  return random.chance(0.2) ? piece.toUpperCase() : piece;
}
