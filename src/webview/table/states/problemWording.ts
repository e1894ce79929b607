import { t } from "@vscode/l10n";
import type { TableProblem } from "../../../table/tableTypes.ts";

/** The sentences for a file that can't be shown as a table: what it is, why, and what to do. */
export interface ProblemWording {
  readonly heading: string;
  readonly sentence: string;
}

export function problemInWords(problem: TableProblem): ProblemWording {
  switch (problem.kind) {
    case "empty":
      return {
        heading: t("The file is empty"),
        sentence: t("The file is 0 bytes. If it should have rows, check whether the export is finished, then reload."),
      };
    case "binary":
      return {
        heading: t("This is not a text file"),
        sentence: t("The file is binary or uses an unsupported encoding."),
      };
    case "gzip":
      return problem.reason === undefined
        ? {
            heading: t("The file is compressed with gzip"),
            sentence: t("Its rows are shown when its download is complete."),
          }
        : { heading: t("The file can't be unpacked"), sentence: problem.reason };
    case "parquet":
      return parquetInWords(problem.reason);
    case "zip":
      return {
        heading: t("The file is a ZIP archive"),
        sentence: t("Unpack it and open the files in it."),
      };
    case "page":
      return {
        heading: t("This is a web page, not an export"),
        sentence: t(
          "A sign-in page or an error page was probably saved instead of the export. Download the export again.",
        ),
      };
    case "missing":
      return {
        heading: t("The file was not found"),
        sentence: t("The file was moved, renamed, or deleted. Put it back and reload, or close this editor."),
      };
    case "unreadable":
      return {
        heading: t("The file can't be read"),
        sentence: t(
          "The system refused access ({0}). Check the file permissions and the disk, then reload.",
          problem.reason,
        ),
      };
    case "jsonText":
      return {
        heading: t("No list of records found in this JSON"),
        sentence: problem.cut
          ? t("The beginning of the formatted text is shown instead.")
          : t("The formatted text is shown instead."),
      };
    case "brokenJson":
      return {
        heading: t("This JSON is damaged"),
        sentence: t("The first record is incomplete or malformed. Open the file as text to see where."),
      };
  }
}

function parquetInWords(reason: string | undefined): ProblemWording {
  if (reason !== undefined) return { heading: t("The Parquet file can't be read"), sentence: reason };
  return { heading: t("This is a Parquet file"), sentence: t("Its rows are shown when its download is complete.") };
}
