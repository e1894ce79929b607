import type { Random } from "../../sandbox/sampleData/random.ts";
import type { OpenFile } from "../../src/table/file/openFile.ts";
import type { TableShape } from "../../src/table/tableTypes.ts";
import { Difference, type FuzzTable } from "./fuzzTable.ts";
import type { SlowTable, Told } from "./slowReader.ts";

/** The slow reader, or one with a planted mistake. */
export type SlowRead = (table: FuzzTable, told: Told) => SlowTable;

export interface Comparison {
  readonly file: OpenFile;
  readonly table: FuzzTable;
  readonly random: Random;
  readonly slowRead: SlowRead;
  readonly signal: AbortSignal;
  /** Called for each comparison. */
  readonly count: () => void;
}

/** The columns that the file has now: JSON records add some. */
export async function shapeOf(file: OpenFile): Promise<TableShape> {
  const opened = await file.settled();
  if (opened.kind === "problem") throw new Difference("still a table", "table", opened.problem);
  return opened.shape;
}

/** The name of a column in `SlowRow.cells`. */
export function columnKey({ table }: Pick<Comparison, "table">, shape: TableShape, column: number): string {
  return table.writing.kind === "json" ? (shape.columns[column]?.name ?? `?${column}`) : `${column}`;
}

/** @throws Difference */
export function expectEqual({ count }: Pick<Comparison, "count">, what: string, expected: unknown, actual: unknown) {
  count();
  if (JSON.stringify(expected) !== JSON.stringify(actual)) throw new Difference(what, expected, actual);
}
