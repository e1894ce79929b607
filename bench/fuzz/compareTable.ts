import type { RecordField, Row, Rows, TableShape } from "../../src/table/tableTypes.ts";
import { rowNumber } from "../../src/table/view/rowIdentity.ts";
import { compareCopy } from "./compareCopy.ts";
import { compareMatches } from "./compareMatches.ts";
import { columnKey, type Comparison, expectEqual, shapeOf } from "./comparison.ts";
import { Difference, type FuzzTable } from "./fuzzTable.ts";
import type { SlowCell, SlowRow, SlowTable } from "./slowReader.ts";

const shownLength = 240;
/** JSON records with more keys have a column for the rest. */
const mostJsonColumns = 2_000;

/** Compares an open file with what the slow reader says of it. @throws Difference */
export async function compareTable(comparison: Comparison): Promise<void> {
  const { file, table, slowRead, signal } = comparison;
  const opened = await file.settled();
  if (isBlank(table)) {
    expectEqual(comparison, "an empty file", "empty", opened.kind === "problem" ? opened.problem.kind : opened.kind);
    return;
  }
  if (opened.kind === "problem") throw new Difference("a table", "table", opened.problem);
  const slow = slowRead(table, { skipsSpaces: opened.shape.reading.skipsSpaces === true });
  compareReading(comparison, opened.shape);
  // With more, the first ones that happen to be read have a column of their own.
  const fits = table.writing.kind === "delimited" || namesIn(slow.rows).size <= mostJsonColumns;
  if (fits) await comparePage(comparison, slow);
  const { rows } = await file.indexed(Infinity, signal);
  expectEqual(comparison, "the number of rows", slow.rows.length, rows);
  if (!fits) return;
  for (let page = 0; page < 3; page++) await comparePage(comparison, slow);
  await compareLastPage(comparison, slow);
  await compareHeader(comparison, slow);
  for (let row = 0; row < 3; row++) await compareRecord(comparison, slow);
  await compareMatches(comparison, slow);
  await compareCopy(comparison, slow);
}

function isBlank({ text }: FuzzTable): boolean {
  return !/[^\t-\r ]/.test(text);
}

function compareReading(comparison: Comparison, { reading }: TableShape): void {
  const { writing, encoding } = comparison.table;
  const { delimiter, quote, escape, header } = reading;
  expectEqual(comparison, "the encoding", encoding, reading.encoding);
  if (writing.kind === "json") {
    const layout = reading.kind === "jsonArray" ? (reading.arrayPath.length > 0 ? "inner" : "array") : reading.layout;
    expectEqual(comparison, "the layout", writing.layout, layout ?? "lines");
    return;
  }
  const expected = [writing.delimiter, writing.quote, writing.quote === "" ? "double" : writing.escape];
  expectEqual(comparison, "delimiter and quotes", expected, [delimiter, quote, escape ?? "double"]);
  if (!header && writing.header) expectEqual(comparison, "a header", true, comparison.table.text.length > 300_000);
}

async function comparePage(comparison: Comparison, slow: SlowTable): Promise<void> {
  const { file, random, signal } = comparison;
  const from = random.chance(0.2) ? 0 : random.below(slow.rows.length + 2);
  const count = random.pick([1, 60, 200, 1000]);
  const longest = random.chance(0.5) ? shownLength : Infinity;
  const page = await file.rows({ from: rowNumber(from), count, longest }, signal);
  if (page.provisional) return;
  expectEqual(
    comparison,
    "how many rows a page has",
    Math.max(0, Math.min(count, slow.rows.length - from)),
    page.rows.length,
  );
  await compareRows(comparison, slow, page, longest);
}

async function compareLastPage(comparison: Comparison, slow: SlowTable): Promise<void> {
  const { file, random, signal } = comparison;
  const count = random.pick([1, 60, 200]);
  const page = await file.rows({ from: "last", count, longest: Infinity }, signal);
  const from = Math.max(0, slow.rows.length - count);
  const expected = { from, rows: slow.rows.length - from, provisional: false };
  expectEqual(comparison, "the last page", expected, {
    from: page.from,
    rows: page.rows.length,
    provisional: page.provisional,
  });
  await compareRows(comparison, slow, page, Infinity);
}

async function compareRows(comparison: Comparison, slow: SlowTable, page: Rows, longest: number): Promise<void> {
  const shape = await shapeOf(comparison.file);
  for (const [index, row] of page.rows.entries()) {
    const expected = slow.rows[page.from + index];
    const column = (at: number): string => columnKey(comparison, shape, at);
    expectEqual(comparison, "a row", expected && shown(expected, longest), shownAsFile(row, column));
  }
}

function namesIn(rows: readonly SlowRow[]): Set<string> {
  return new Set(rows.flatMap(({ cells }) => [...cells.keys()]));
}

/** A row as text, with the columns in one order. */
function shown({ cells, malformed }: SlowRow, longest: number): unknown {
  const written = [...cells].map(([column, { text, kind }]) => [column, cut(text, longest), kind ?? ""].join("\t"));
  return { cells: written.toSorted(), malformed };
}

function shownAsFile(row: Row, column: (at: number) => string): unknown {
  const { cells, kinds, malformed, cut: cutCells = [] } = row;
  const isCut: ReadonlySet<number> = new Set(cutCells);
  const written = cells.flatMap((text, index): string[] => {
    const kind = kinds?.charAt(index) ?? "";
    const isMissing = kind === "-" && text === "";
    return isMissing ? [] : [[column(index), isCut.has(index) ? `${text}…` : text, kind].join("\t")];
  });
  return { cells: written.toSorted(), malformed: malformed === true };
}

function cut(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

async function compareHeader(comparison: Comparison, { header, rows }: SlowTable): Promise<void> {
  const { file, signal, table } = comparison;
  // Columns of JSON are known up to the rows that were read, and the first MiB can have fewer than these.
  if (table.writing.kind === "json") await file.rows({ from: rowNumber(0), count: 100, longest: Infinity }, signal);
  const { columns } = await shapeOf(file);
  if (table.writing.kind === "json") {
    const missing = [...namesIn(rows.slice(0, 100))].filter((name) => !columns.some((column) => column.name === name));
    expectEqual(comparison, "the columns", [], missing);
    return;
  }
  const names = header.map((name, index) => (name === "" ? `Column ${index + 1}` : name));
  expectEqual(
    comparison,
    "the header",
    names,
    columns.slice(0, names.length).map(({ name }) => name),
  );
}

async function compareRecord(comparison: Comparison, slow: SlowTable): Promise<void> {
  const { file, random, signal, table } = comparison;
  const row = random.below(slow.rows.length + 1);
  const record = await file.record(rowNumber(row), signal);
  const cells = slow.rows[row]?.cells ?? new Map<string, SlowCell>();
  const name = (field: RecordField, index: number): string => (table.writing.kind === "json" ? field.name : `${index}`);
  const isMissing = ({ kind, text }: RecordField): boolean => kind === "-" && text === "";
  const written = record.flatMap((field, index) => (isMissing(field) ? [] : [`${name(field, index)}\t${field.text}`]));
  const expected = [...cells].map(([column, { text }]) => `${column}\t${text.slice(0, 64 * 1024)}`);
  expectEqual(comparison, "a record", expected.toSorted(), written.toSorted());
}
