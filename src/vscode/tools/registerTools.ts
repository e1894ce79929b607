import * as vscode from "vscode";
import { onFirstUse } from "../../model/onFirstUse.ts";
import type { ToolParts } from "./createTools.ts";
import { toolNames } from "./toolNames.ts";

/** Registers the tools for language models, which are loaded when one is used. A host without tools has none of ours. */
export function registerTools(parts: ToolParts): vscode.Disposable {
  const { lm } = vscode as { readonly lm?: Partial<typeof vscode.lm> };
  const register = lm?.registerTool?.bind(lm);
  if (register === undefined) return vscode.Disposable.from();
  const loaded = onFirstUse(async () => (await import("./createTools.ts")).createTools(parts));
  const registered = toolNames.map((name) =>
    register<unknown>(name, {
      prepareInvocation: async (options, token) => (await loaded())[name].prepareInvocation?.(options, token),
      invoke: async (options, token) => (await loaded())[name].invoke(options, token),
    }),
  );
  return vscode.Disposable.from(...registered);
}
