import { t } from "@vscode/l10n";
import { ExportError } from "../../model/exportError.ts";
import type { RowPages } from "../tableReader.ts";
import type { TableShape } from "../tableTypes.ts";
import type { TakeFormat } from "./takeFormats.ts";
import { requestedWriter, type TakeRequest, writtenRows } from "./writtenRows.ts";

/** The formats for saving rows, by file name extension. */
const formats: ReadonlyMap<string, TakeFormat> = new Map([
  ["csv", "csv"],
  ["tsv", "tsv"],
  ["tab", "tsv"],
  ["json", "json"],
  ["jsonl", "jsonLines"],
  ["ndjson", "jsonLines"],
  ["md", "markdown"],
]);

/** CSV if the extension is unknown or missing. */
export function saveFormatOf(fileName: string): TakeFormat {
  const [, extension = ""] = /\.([^./\\]+)$/.exec(fileName) ?? [];
  return formats.get(extension.toLowerCase()) ?? "csv";
}

/**
 * The text of a file with any number of rows, in pieces.
 *
 * @param onRows called after each page with the number of rows written so far
 * @throws ExportError as `writtenRows`, and `invalidRequest` for a row that is too long to be read completely
 */
export async function* savedText(
  pages: Pick<RowPages, "rows">,
  shape: TableShape,
  request: TakeRequest,
  { signal, onRows }: { readonly signal: AbortSignal; readonly onRows: (rows: number) => void },
): AsyncGenerator<string> {
  const { begin, separator, end } = requestedWriter(shape, request);
  yield begin;
  let rows = 0;
  for await (const page of writtenRows(pages, shape, request, { signal, longest: Infinity })) {
    let text = "";
    for (const row of page) {
      if (row === undefined) throw rowTooLong(request.rows.from + rows);
      text += rows === 0 ? row : separator + row;
      rows += 1;
    }
    yield text;
    onRows(rows);
  }
  if (rows > 0 || end !== "") yield `${end}\n`;
}

function rowTooLong(row: number): ExportError {
  return new ExportError("invalidRequest", t("Row {0} is too long to save. Select fewer columns.", row + 1));
}
