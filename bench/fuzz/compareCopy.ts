import { takeRows } from "../../src/table/take/takeRows.ts";
import type { RowPages } from "../../src/table/tableReader.ts";
import { rowNumber } from "../../src/table/view/rowIdentity.ts";
import { columnKey, type Comparison, expectEqual, shapeOf } from "./comparison.ts";
import { type DelimitedRules, slowFields } from "./slowDelimited.ts";
import type { SlowTable } from "./slowReader.ts";

const mostRows = 2_000;
const mostColumns = 8;
const rfc4180: DelimitedRules = {
  ...{ kind: "delimited", delimiter: ",", quote: '"', escape: "double", header: false, newline: "\n" },
  skipsSpaces: false,
};

/** Copies random cells as CSV, and reads them again with the slow reader. @throws Difference */
export async function compareCopy(comparison: Comparison, slow: SlowTable): Promise<void> {
  const { file, random, signal } = comparison;
  const shape = await shapeOf(file);
  if (shape.columns.length === 0) return;
  const from = random.below(slow.rows.length + 1);
  const rows = { from, count: random.below(Math.min(mostRows, slow.rows.length - from) + 1) };
  const columns = Array.from({ length: 1 + random.below(mostColumns) }, () => random.below(shape.columns.length));
  const withHeader = random.chance(0.5);
  const taken = await takeRows(pagesOf(comparison), shape, { rows, columns, withHeader, format: "csv" }, { signal });
  const header = withHeader ? [columns.map((column) => shape.columns[column]?.name ?? "")] : [];
  const keys = columns.map((column) => columnKey(comparison, shape, column));
  const values = slow.rows
    .slice(from, from + rows.count)
    .map(({ cells }) => keys.map((key) => cells.get(key)?.text ?? ""));
  const actual = taken.kind === "taken" ? slowFields(taken.text, rfc4180).map(({ cells }) => cells) : taken.kind;
  expectEqual(comparison, "rows copied as CSV", [...header, ...values], actual);
}

function pagesOf({ file }: Comparison): RowPages {
  return {
    rows: ({ from, ...request }, signal) =>
      file.rows({ ...request, from: from === "last" ? from : rowNumber(from) }, signal),
    indexed: (rows, signal) => file.indexed(rows, signal),
  };
}
