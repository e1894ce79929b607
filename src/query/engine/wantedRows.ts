import { defined } from "../../model/defined.ts";
import type { Filter, SortKey } from "../../model/queryContract.ts";
import type { ExportSource } from "../exportSource.ts";
import type { RowChoice } from "../statements/neededColumns.ts";

/** What a request says about rows, as statements take it: the names of all columns, and which rows in which order. */
export function wantedRows({ source, sort = [], filter }: RequestedRows): { names: string[]; choice: RowChoice } {
  const names = source.columns.map(({ name }) => name);
  return { names, choice: { sort, ...defined({ filter: filter ?? undefined }) } };
}

interface RequestedRows {
  readonly source: ExportSource;
  readonly sort?: readonly SortKey[];
  readonly filter: Filter | null;
}
