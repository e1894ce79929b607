import * as vscode from "vscode";
import { buildType } from "./buildType.ts";
import type { BuildParts } from "./resolveBuild.ts";

/** Lets `tasks.json` download exports, so that other tasks can depend on them. */
export function registerBuilds(parts: BuildParts): vscode.Disposable {
  return vscode.tasks.registerTaskProvider(buildType, {
    // Which exports belong to a workspace is for its tasks.json to say. To guess it from the service would take requests.
    provideTasks: () => [],
    resolveTask: async (task) => (await import("./resolveBuild.ts")).resolveBuild(parts, task),
  });
}
