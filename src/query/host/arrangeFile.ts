import type { Filter, SortKey } from "../../model/queryContract.ts";
import type { ViewedFile } from "../../table/tableReader.ts";
import type { RowOrder } from "../../table/view/rowOrder.ts";
import type { ExportSource } from "../exportSource.ts";
import type { CallOptions } from "./engineHost.ts";
import { exportSourceOf } from "./exportSourceOf.ts";
import { foundOrder, searchFor } from "./foundOrder.ts";
import type { QueryEngine } from "./queryEngine.ts";

/**
 * Sorts and filters an open file, in the way that is fastest.
 *
 * @param known the file's description, if the caller has it
 * @throws ExportError as `exportSourceOf` and `QueryEngine.arrange`
 */
export async function arrangeFile(
  engine: Pick<QueryEngine, "arrange" | "missing">,
  file: ViewedFile,
  { sort, filter }: { readonly sort: readonly SortKey[]; readonly filter: Filter | null },
  options: CallOptions,
  known?: ExportSource,
): Promise<RowOrder> {
  if (engine.missing !== undefined) throw engine.missing;
  const source = known ?? (await exportSourceOf(file, options.signal));
  const names = source.columns.map(({ name }) => name);
  const pattern = sort.length === 0 ? searchFor(filter, names) : undefined;
  if (pattern !== undefined) return foundOrder(file, pattern, options.signal);
  return engine.arrange({ source, sort, filter }, options);
}
