import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { CommandDefinition } from "../commandRegistry.ts";
import { askTask } from "../prompts/askTask.ts";
import { taskReference } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Copies the ID of a task, as its service writes it. */
export function copyTaskId(
  parts: Pick<CommandParts, "accounts" | "tasks">,
): CommandDefinition<"taskExports.copyTaskId"> {
  return {
    argument: taskReference,
    async run(reference) {
      const { taskId } = await askTask(parts, { ...reference, title: t("Copy Task ID") });
      await vscode.env.clipboard.writeText(taskId);
      return undefined;
    },
  };
}
