import * as vscode from "vscode";
import type { CommandDefinition } from "../commandRegistry.ts";
import { askExports, type ExportQuestionParts } from "../prompts/askExport.ts";
import { exportReference } from "./argumentShapes.ts";

/** Copies the paths of exports, one a line. */
export function copyExportPath(parts: ExportQuestionParts): CommandDefinition<"taskExports.copyExportPath"> {
  return {
    argument: exportReference,
    async run(reference) {
      const paths = (await askExports(parts, reference)).map(({ fsPath }) => fsPath);
      await vscode.env.clipboard.writeText(paths.join("\n"));
      return paths;
    },
  };
}
