import { t } from "@vscode/l10n";
import type { TableProblem } from "../../../table/tableTypes.ts";

/** What is said where no table can be shown: what it is, why, what can be done. */
export interface ProblemWording {
  readonly heading: string;
  readonly sentence: string;
}

export function problemInWords(problem: TableProblem): ProblemWording {
  switch (problem.kind) {
    case "empty":
      return {
        heading: t("The file is empty"),
        sentence: t("It has no bytes at all. If it should have rows, look whether the export is finished, and reload."),
      };
    case "binary":
      return {
        heading: t("This is not a text file"),
        sentence: t("Its bytes are no text in any encoding that tables come in, so there are no rows to show."),
      };
    case "gzip":
      return {
        heading: t("The file is compressed with gzip"),
        sentence: t("Its rows can be shown once it is unpacked into a file beside it."),
      };
    case "zip":
      return {
        heading: t("The file is a ZIP archive"),
        sentence: t("Unpack it, and open the files that are in it."),
      };
    case "page":
      return {
        heading: t("This is a web page, not an export"),
        sentence: t("A sign-in or error page was probably saved in the export's place. Download the export again."),
      };
    case "missing":
      return {
        heading: t("The file is not there"),
        sentence: t("It was moved, renamed or deleted. Put it back and reload, or close this editor."),
      };
    case "unreadable":
      return {
        heading: t("The file can't be read"),
        sentence: t(
          "The system refused it ({0}). Look at the file's permissions or its disk, and reload.",
          problem.reason,
        ),
      };
    case "jsonText":
      return {
        heading: t("This JSON holds no list of records"),
        sentence: problem.cut
          ? t("So it is shown as text, laid out over lines; this is its beginning.")
          : t("So it is shown as text, laid out over lines."),
      };
    case "brokenJson":
      return {
        heading: t("This JSON is damaged"),
        sentence: t("It breaks off or is malformed before its first record ends. Open it as text to see where."),
      };
  }
}
