import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { DownloadedFile } from "../../../model/contract.ts";

/** The icon of a downloaded file that is no longer what was downloaded. */
export const changedIcon = new vscode.ThemeIcon("warning", new vscode.ThemeColor("list.warningForeground"));

/** What the menu offers goes by the name's end. */
export function contentOf(name: string): "json" | "gzip" | "other" {
  const lower = name.toLowerCase();
  if (lower.endsWith(".json")) return "json";
  return lower.endsWith(".gz") ? "gzip" : "other";
}

/** What a downloaded file was compared with. */
export function checkInWords(verified: DownloadedFile["verified"]): string {
  switch (verified) {
    case "checksum":
      return t("the store's checksum");
    case "length":
      return t("the announced length");
    case "unverified":
      return t("nothing to compare was announced");
  }
}
