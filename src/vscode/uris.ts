import { isAbsolute } from "node:path";
import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { invalidArgument } from "../model/accountErrors.ts";
import type { UriLike } from "./ids.ts";

/** Reads a file argument: a URI, a URI string or an absolute path. @throws ExportError `invalidRequest` */
export function toUri(value: UriLike): vscode.Uri {
  if (value instanceof vscode.Uri) return value;
  if (typeof value !== "string") return vscode.Uri.file(value.fsPath);
  if (isAbsolute(value)) return vscode.Uri.file(value);
  if (/^[a-z][a-z0-9+.-]+:/i.test(value)) return vscode.Uri.parse(value, true);
  throw invalidArgument(t("Specify the file by its URI or its absolute path."));
}
