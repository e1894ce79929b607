import { t } from "@vscode/l10n";
import * as v from "valibot";
import { boundedList, boundedRecord } from "./boundedShapes.ts";
import type { SavedFormat } from "./queryContract.ts";
import { columnShape, filterShape, sortShape } from "./queryShapes.ts";
import { fields, signal } from "./requestShapes.ts";

/** The formats of saved views and results. */
export const savedFormats = ["csv", "tsv", "json", "jsonl", "parquet"] as const satisfies readonly SavedFormat[];

const longestStatement = 1_000_000;
const mostColumns = 10_000;
const mostOthers = 100;
/** The tables of the file itself. */
const ownNames = ["export", "export_text"];

const others = v.pipe(
  boundedRecord(v.string(), mostOthers, () => t("others has too many entries. Pass at most {0}.", mostOthers)),
  v.check(
    (given) => areFreeNames(Object.keys(given)),
    () => t("others has a name that is taken. Each table needs a name of its own."),
  ),
);

/** The options of `saveView`. */
export const saveOptions = v.pipe(
  fields({
    format: v.picklist(savedFormats),
    columns: v.optional(boundedList(columnShape, mostColumns)),
    sort: v.optional(sortShape, []),
    filter: v.optional(filterShape),
    sql: v.optional(v.pipe(v.string(), v.maxLength(longestStatement))),
    others: v.optional(others, {}),
    overwrite: v.optional(v.boolean(), false),
    signal,
    onProgress: v.optional(v.function()),
  }),
  v.check(
    ({ sql, columns, sort, filter }) =>
      sql === undefined || (columns === undefined && sort.length === 0 && filter === undefined),
    () => t("sql can't be combined with columns, sort or filter. Write them as part of the statement."),
  ),
);

/** Each export also has a table with its texts. The engine compares names without regard to case. */
function areFreeNames(names: readonly string[]): boolean {
  const all = [...ownNames, ...names.flatMap((name) => [name, `${name}_text`])].map((name) => name.toLowerCase());
  return new Set(all).size === all.length;
}
