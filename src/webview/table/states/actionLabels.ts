import { t } from "@vscode/l10n";
import type { TableAction } from "../messages.ts";

/** What a button that carries out an action says. */
export function actionLabel(action: TableAction): string {
  switch (action) {
    case "reload":
      return t("Reload");
    case "showAnyway":
      return t("Show Anyway");
    case "openAsText":
      return t("Open as Text");
    case "openFormatted":
      return t("Open Formatted Copy");
    case "unpack":
      return t("Unpack and Open");
    case "reveal":
      return t("Reveal");
    case "resumeDownload":
      return t("Resume Download");
    case "downloadAgain":
      return t("Download Again");
    case "showLog":
      return t("Show Log");
    case "saveAs":
      return t("Save Export As…");
    case "delete":
      return t("Delete");
  }
}
