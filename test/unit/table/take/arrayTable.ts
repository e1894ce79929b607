import { defined } from "../../../../src/model/defined.ts";
import type { RowPages } from "../../../../src/table/tableReader.ts";
import type { Column, Row, TableKind, TableShape } from "../../../../src/table/tableTypes.ts";

/** A table in memory, which answers pages as short as a reader may. */
export interface ArrayTable {
  readonly reader: RowPages;
  readonly shape: TableShape;
  /** How many rows each page was asked for. */
  readonly asked: number[];
  version: number;
}

export function arrayTable(
  columns: readonly Column[],
  rows: readonly Row[],
  { kind = "delimited", longestPage = 3 }: { kind?: TableKind; longestPage?: number } = {},
): ArrayTable {
  const how = { delimiter: ",", quote: '"', header: true, encoding: "utf-8", flat: false, arrayPath: [] } as const;
  const reading = { kind, ...how };
  const table: ArrayTable = {
    shape: { version: 1, reading, columns },
    asked: [],
    version: 1,
    reader: {
      rows({ from, count, columns: wanted = { from: 0, count: columns.length } }) {
        const start = from === "last" ? Math.max(0, rows.length - count) : from;
        table.asked.push(count);
        const page = rows.slice(start, start + Math.min(count, longestPage)).map((row) => ({
          ...row,
          cells: row.cells.slice(wanted.from, wanted.from + wanted.count),
          ...defined({
            kinds: row.kinds?.slice(wanted.from, wanted.from + wanted.count),
            raw: row.raw?.slice(wanted.from, wanted.from + wanted.count),
          }),
        }));
        const atEnd = start + page.length >= rows.length;
        return Promise.resolve({ version: table.version, from: start, provisional: false, atEnd, rows: page });
      },
      indexed() {
        const bytes = { bytes: 1, indexedBytes: 1, indexedRows: rows.length, rows: rows.length };
        return Promise.resolve({ version: 1, ...bytes, exact: true, growing: false, endsInRecord: false });
      },
    },
  };
  return table;
}
