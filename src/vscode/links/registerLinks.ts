import * as vscode from "vscode";
import { onFirstUse } from "../../model/onFirstUse.ts";
import type { LinkParts } from "./createLinkHandler.ts";

/**
 * Lets VS Code pass on the links that begin with `vscode://task-exports.task-exports`. Their code is loaded with the first
 * one.
 */
export function registerLinks(parts: LinkParts): vscode.Disposable {
  const handler = onFirstUse(async () => (await import("./createLinkHandler.ts")).createLinkHandler(parts));
  return vscode.window.registerUriHandler({ handleUri: async (uri) => (await handler()).handleUri(uri) });
}
