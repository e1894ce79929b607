import type { ColumnName } from "../../model/queryContract.ts";
import { unknownColumn } from "./queryErrors.ts";

/**
 * The index of a column. Of several columns with the same name, a name means the first one.
 *
 * @throws ExportError `invalidRequest`
 */
export function columnIndex(column: ColumnName, names: readonly string[]): number {
  const index = typeof column === "number" ? column : names.indexOf(column);
  if (!Number.isInteger(index) || index < 0 || index >= names.length) throw unknownColumn(column);
  return index;
}
