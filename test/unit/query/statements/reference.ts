/** What sorting and filtering mean, written as simply as possible, to compare the engine with. */
import type { Condition, Filter, SortKey } from "../../../../src/model/queryContract.ts";
import type { ValueType } from "../../../../src/query/columnTables.ts";
import { patternExpression } from "../../../../src/table/find/patternExpression.ts";

export type Cell = string | null;

/** A column of text or numbers. Of numbers, only those that a JavaScript number keeps are compared here. */
export interface ReferenceColumn {
  readonly cells: readonly Cell[];
  readonly type: ValueType;
}

export function referenceOrder(
  columns: readonly ReferenceColumn[],
  sort: readonly SortKey[],
  filter?: Filter,
): number[] {
  const rows = Array.from(columns[0]?.cells ?? [], (_, row) => row);
  const chosen = rows.filter((row) => filter === undefined || chooses(filter, columns, row));
  return chosen.toSorted((left, right) => {
    for (const { column, descending = false } of sort) {
      const { cells, type } = columnAt(columns, column);
      const [a, b] = [cells[left] ?? null, cells[right] ?? null];
      const empty = Number(isEmpty(a, type)) - Number(isEmpty(b, type));
      if (empty !== 0) return empty;
      const order = isEmpty(a, type) ? 0 : compare(a ?? "", b ?? "", type);
      if (order !== 0) return descending ? -order : order;
    }
    return left - right;
  });
}

function columnAt(columns: readonly ReferenceColumn[], column: string | number): ReferenceColumn {
  const found = columns[Number(column)];
  if (found === undefined) throw new Error("There is no such column.");
  return found;
}

export function isEmpty(cell: Cell, type: ValueType): boolean {
  return type === "VARCHAR" ? cell === null || cell === "" : /^\s*(?:null|\\N)?\s*$/i.test(cell ?? "");
}

export function compare(left: string, right: string, type: ValueType): number {
  if (type === "VARCHAR") return Buffer.compare(Buffer.from(left), Buffer.from(right));
  if (type === "BIGINT" || type.startsWith("DECIMAL"))
    return Number(exact(left) > exact(right)) - Number(exact(left) < exact(right));
  return Math.sign(Number(left) - Number(right));
}

/** A decimal as a whole number of 10⁻⁵⁰. */
function exact(text: string): bigint {
  const [whole = "", fraction = ""] = text.trim().replace(/^\+/, "").split(".");
  return BigInt(`${whole}${fraction.padEnd(50, "0")}`);
}

function chooses(filter: Filter, columns: readonly ReferenceColumn[], row: number): boolean {
  if ("all" in filter) return filter.all.every((part) => chooses(part, columns, row));
  if ("any" in filter) return filter.any.some((part) => chooses(part, columns, row));
  if ("not" in filter) return !chooses(filter.not, columns, row);
  const { cells, type } = columnAt(columns, filter.column);
  return meets(filter, cells[row] ?? null, type);
}

function meets(condition: Condition, cell: Cell, type: ValueType): boolean {
  const ordered = (value: string) => compare(cell ?? "", value, type);
  switch (condition.is) {
    case "empty":
      return isEmpty(cell, type);
    case "less":
      return !isEmpty(cell, type) && ordered(condition.value) < 0;
    case "atMost":
      return !isEmpty(cell, type) && ordered(condition.value) <= 0;
    case "more":
      return !isEmpty(cell, type) && ordered(condition.value) > 0;
    case "atLeast":
      return !isEmpty(cell, type) && ordered(condition.value) >= 0;
    case "between":
      return !isEmpty(cell, type) && ordered(condition.from) >= 0 && ordered(condition.to) <= 0;
    case "in":
      return condition.values.some((value) => finds(value, cell ?? "", "whole", false));
    case "matches":
      return patternExpression({
        text: condition.value,
        regex: true,
        caseSensitive: condition.caseSensitive ?? false,
        wholeWord: false,
      }).regex.test(cell ?? "");
    case "contains":
      return finds(condition.value, cell ?? "", "anywhere", condition.caseSensitive);
    case "equals":
      return finds(condition.value, cell ?? "", "whole", condition.caseSensitive);
    case "startsWith":
      return finds(condition.value, cell ?? "", "start", condition.caseSensitive);
    case "endsWith":
      return finds(condition.value, cell ?? "", "end", condition.caseSensitive);
  }
}

/** As the table's search finds it. */
function finds(
  value: string,
  cell: string,
  where: "anywhere" | "whole" | "start" | "end",
  caseSensitive = false,
): boolean {
  const { source, regex } = patternExpression({ text: value, regex: false, caseSensitive, wholeWord: false });
  const start = where === "whole" || where === "start" ? "^" : "";
  const end = where === "whole" || where === "end" ? "$" : "";
  return new RegExp(`${start}(?:${source})${end}`, regex.flags.replace("g", "")).test(cell);
}
