import { t } from "@vscode/l10n";
import type { RowPage } from "../../model/contract.ts";
import { defined } from "../../model/defined.ts";
import type { ExportTool } from "./exportTool.ts";
import { fileFields, type ReadableExports, readableExport, whileInPlace } from "./readableExport.ts";
import { boundedRows } from "./toolAnswer.ts";
import { optionalNumber } from "./toolInput.ts";

export const mostRows = 100;

const fields = {
  ...fileFields,
  from: optionalNumber(0, Number.MAX_SAFE_INTEGER, 0),
  count: optionalNumber(1, mostRows, 20),
};

export type ReadRows = (
  uri: string,
  options: { from: number; count: number; signal: AbortSignal },
) => Promise<Pick<RowPage, "columns" | "rows" | "from" | "total" | "unreadableRows">>;

/** Reads rows of a downloaded export. */
export function readRowsTool(exports: ReadableExports, readRows: ReadRows): ExportTool<typeof fields> {
  return {
    name: "taskExports_readRows",
    fields,
    ask({ from, count, task, account, file }) {
      const { name } = readableExport(exports, { task, account, file });
      return {
        title: t("Read Rows of an Export"),
        lines: [
          t("Rows {0}–{1} of {2} will be sent to the language model.", from, from + count - 1, name),
          t("They can contain personal data."),
        ],
        running: t("Reading rows of {0}", name),
      };
    },
    async run({ from, count, task, account, file }, signal) {
      const record = readableExport(exports, { task, account, file });
      const page = await whileInPlace(record, (uri) => readRows(uri, { from, count, signal }));
      const { total, unreadableRows } = page;
      const numbered = page.rows.map((cells, at) => ({ row: from + at, cells }));
      return { file: record.name, ...defined({ total, unreadableRows }), ...boundedRows(page.columns, numbered) };
    },
  };
}
