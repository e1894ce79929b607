import { t } from "@vscode/l10n";
import { defined } from "../../model/defined.ts";
import type { ExportTool } from "./exportTool.ts";
import { fileFields, type ReadableExports, readableExport, whileInPlace } from "./readableExport.ts";
import type { ReadRows } from "./readRowsTool.ts";
import { boundedRows } from "./toolAnswer.ts";
import { optionalFlag, optionalNumber, optionalText, requiredText } from "./toolInput.ts";

const fields = {
  ...fileFields,
  text: requiredText(500),
  column: optionalText(500),
  regex: optionalFlag(),
  caseSensitive: optionalFlag(),
  count: optionalNumber(1, 50, 20),
};

export type FindRows = (
  uri: string,
  pattern: { text: string; regex: boolean; caseSensitive: boolean; column?: string },
  options: { signal: AbortSignal },
) => AsyncIterable<{ row: number; column: number }[]>;

export interface FindRowsToolParts {
  readonly readRows: ReadRows;
  readonly findRows: FindRows;
}

/** Finds rows of a downloaded export, and reads no further than it has to. */
export function findRowsTool(
  exports: ReadableExports,
  { readRows, findRows }: FindRowsToolParts,
): ExportTool<typeof fields> {
  return {
    name: "taskExports_findRows",
    fields,
    ask({ task, account, file, text, count }) {
      const { name } = readableExport(exports, { task, account, file });
      return {
        title: t("Find Rows of an Export"),
        lines: [
          t("Up to {0} rows of {1} that match “{2}” will be sent to the language model.", count, name, text),
          t("They can contain personal data."),
        ],
        running: t("Searching {0}", name),
      };
    },
    async run({ task, account, file, text, column, regex, caseSensitive, count }, signal) {
      const record = readableExport(exports, { task, account, file });
      const pattern = { text, regex, caseSensitive, ...defined({ column }) };
      return whileInPlace(record, async (uri) => {
        const found = await firstRows(findRows(uri, pattern, { signal }), count + 1);
        const rows: { row: number; cells: readonly string[] }[] = [];
        let columns: readonly string[] = [];
        for (const row of found.slice(0, count)) {
          const page = await readRows(uri, { from: row, count: 1, signal });
          columns = page.columns;
          for (const cells of page.rows) rows.push({ row, cells });
        }
        return { file: record.name, hasMore: found.length > count, ...boundedRows(columns, rows) };
      });
    },
  };
}

/** The numbers of the first rows with a match. Leaving the loop ends the search. */
async function firstRows(batches: AsyncIterable<{ row: number }[]>, most: number): Promise<number[]> {
  const rows = new Set<number>();
  for await (const batch of batches) {
    for (const { row } of batch) {
      rows.add(row);
      if (rows.size === most) return [...rows];
    }
  }
  return [...rows];
}
