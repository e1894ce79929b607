import type { TableProgress, TableShape } from "../../../../../src/table/tableTypes.ts";
import type { GridRows } from "../../../../../src/webview/table/state/gridState.ts";
import { csvReading } from "../../../table/csvReading.ts";

/** Three columns of text. */
export const shape: TableShape = {
  version: 1,
  columns: ["a", "b", "c"].map((name) => ({ name, type: "text" })),
  reading: { ...csvReading, header: true },
};
/** A thousand rows, all of them counted. */
export const counted: TableProgress = {
  version: 1,
  bytes: 1e6,
  indexedBytes: 1e6,
  indexedRows: 1000,
  rows: 1000,
  exact: true,
  growing: true,
  endsInRecord: false,
};

/** Rows that never arrive. */
export const noRows: GridRows = {
  fetch: () => new Promise<never>(() => undefined),
  positionOf: () => new Promise<never>(() => undefined),
  onRefused: () => undefined,
};
