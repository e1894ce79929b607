import { isAbsolute } from "node:path";
import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { invalidArgument } from "../model/accountErrors.ts";
import type { UriLike } from "./ids.ts";

/** Reads a file argument: a URI, a URI string or an absolute path. @throws ExportError `invalidRequest` */
export function toUri(value: UriLike): vscode.Uri {
  const uri = uriOf(value);
  // Node refuses such a path with an error that has no code of ours.
  if (uri === undefined || uri.path.includes("\0")) {
    throw invalidArgument(t("Specify the file by its URI or its absolute path."));
  }
  return uri;
}

function uriOf(value: UriLike): vscode.Uri | undefined {
  if (value instanceof vscode.Uri) return value;
  if (typeof value !== "string") return vscode.Uri.file(value.fsPath);
  if (isAbsolute(value)) return vscode.Uri.file(value);
  return /^[a-z][a-z0-9+.-]+:/i.test(value) ? parsedUri(value) : undefined;
}

function parsedUri(value: string): vscode.Uri | undefined {
  try {
    return vscode.Uri.parse(value, true);
  } catch {
    return undefined;
  }
}
