import { throwIfCancelled } from "../../../../src/model/exportError.ts";
import type { Condition, Filter } from "../../../../src/model/queryContract.ts";
import type { ViewedFile } from "../../../../src/table/tableReader.ts";
import { mostRowsAtOnce } from "../../../../src/table/tableTypes.ts";
import { rowNumber } from "../../../../src/table/view/rowIdentity.ts";
import type { RowOrder } from "../../../../src/table/view/rowOrder.ts";
import type { Arranger, ArrangeOptions, ColumnSummaries } from "../../../../src/vscode/tableEditor/arranger.ts";
import type {
  Arrangement,
  ColumnQuestion,
  ColumnValues,
  ColumnValuesQuestion,
  HistogramBar,
} from "../../../../src/webview/table/messages.ts";
import { KnownOrder } from "../../table/view/knownOrder.ts";

type Cells = readonly string[];

/** Sorts and filters with all rows in memory. */
export class SlowArranger implements Arranger, ColumnSummaries {
  /** What was asked for, in order. */
  readonly asked: Arrangement[] = [];
  /** How many orders are in use. */
  orders = 0;
  /** Awaited before an answer. A test sets it to decide when arranging ends. */
  gate: Promise<void> = Promise.resolve();

  async arrange(file: ViewedFile, arrangement: Arrangement, { signal, onProgress }: ArrangeOptions): Promise<RowOrder> {
    this.asked.push(arrangement);
    const { sort, filter } = arrangement;
    onProgress(0.5);
    const rows = await allRows(file);
    await Promise.race([this.gate, aborted(signal)]);
    throwIfCancelled(signal);
    const numbers = [...rows.keys()].filter((row) => filter === null || passes(rows[row] ?? [], filter));
    numbers.sort((one, other) => {
      for (const { column, descending } of sort) {
        const order = compare(cellOf(rows[one], column), cellOf(rows[other], column));
        if (order !== 0) return descending === true ? -order : order;
      }
      return one - other;
    });
    this.orders += 1;
    return new CountedOrder(numbers, () => (this.orders -= 1));
  }

  async values(file: ViewedFile, { column, contains, filter }: ColumnValuesQuestion): Promise<ColumnValues> {
    const counts = new Map<string, number>();
    for (const row of await allRows(file)) {
      const value = cellOf(row, column);
      if (filter !== null && !passes(row, filter)) continue;
      if (value.toLowerCase().includes(contains.toLowerCase())) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const values = [...counts].map(([value, count]) => ({ value, count })).toSorted((a, b) => b.count - a.count);
    return { values: values.slice(0, 200), total: values.length };
  }

  /** Ten ranges of the same number of rows. */
  async histogram(file: ViewedFile, { column }: ColumnQuestion): Promise<readonly HistogramBar[]> {
    const values = (await allRows(file)).map((row) => cellOf(row, column)).toSorted(compare);
    if (values.some((value) => value === "" || Number.isNaN(Number(value)))) return [];
    const size = Math.ceil(values.length / 10);
    return Array.from({ length: 10 }, (_, bar) => values.slice(bar * size, (bar + 1) * size))
      .filter((bar) => bar.length > 0)
      .map((bar) => ({ from: bar[0] ?? "", to: bar.at(-1) ?? "", count: bar.length }));
  }
}

class CountedOrder extends KnownOrder {
  readonly #onDispose: () => void;

  constructor(numbers: readonly number[], onDispose: () => void) {
    super(numbers);
    this.#onDispose = onDispose;
  }

  override dispose(): void {
    this.#onDispose();
  }
}

async function allRows(file: ViewedFile): Promise<Cells[]> {
  const { signal } = new AbortController();
  const { rows: total } = await file.indexed(Infinity, signal);
  const rows: Cells[] = [];
  while (rows.length < total) {
    const page = Array.from({ length: Math.min(mostRowsAtOnce, total - rows.length) }, (_, n) => rows.length + n);
    rows.push(...(await file.rowsAt({ rows: page.map(rowNumber) }, signal)).rows.map(({ cells }) => cells));
  }
  return rows;
}

function passes(row: Cells, filter: Filter): boolean {
  if ("all" in filter) return filter.all.every((part) => passes(row, part));
  if ("any" in filter) return filter.any.some((part) => passes(row, part));
  if ("not" in filter) return !passes(row, filter.not);
  return meets(cellOf(row, filter.column), filter);
}

function meets(cell: string, condition: Condition): boolean {
  switch (condition.is) {
    case "empty":
      return cell === "";
    case "in":
      return condition.values.includes(cell);
    case "between":
      return compare(cell, condition.from) >= 0 && compare(cell, condition.to) <= 0;
    case "less":
      return compare(cell, condition.value) < 0;
    case "atMost":
      return compare(cell, condition.value) <= 0;
    case "more":
      return compare(cell, condition.value) > 0;
    case "atLeast":
      return compare(cell, condition.value) >= 0;
    case "matches":
      return new RegExp(condition.value, "i").test(cell);
    case "equals":
      return cell.toLowerCase() === condition.value.toLowerCase();
    case "contains":
      return cell.toLowerCase().includes(condition.value.toLowerCase());
    case "startsWith":
      return cell.toLowerCase().startsWith(condition.value.toLowerCase());
    case "endsWith":
      return cell.toLowerCase().endsWith(condition.value.toLowerCase());
  }
}

function cellOf(row: Cells | undefined, column: string | number): string {
  return row?.[Number(column)] ?? "";
}

function compare(one: string, other: string): number {
  const difference = Number(one) - Number(other);
  if (!Number.isNaN(difference)) return difference;
  return one < other ? -1 : one > other ? 1 : 0;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
