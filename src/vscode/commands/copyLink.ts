import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { CommandDefinition } from "../commandRegistry.ts";
import { accountInLink, linkText } from "../links/taskLink.ts";
import { askTask } from "../prompts/askTask.ts";
import { taskReference } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Copies a link that downloads a task for whoever opens it and has an account that can see it. */
export function copyLink(
  parts: Pick<CommandParts, "accounts" | "tasks" | "extensionId">,
): CommandDefinition<"taskExports.copyLink"> {
  return {
    argument: taskReference,
    async run(reference, { about }) {
      const chosen = await askTask(parts, { ...reference, title: t("Copy Link to Task") });
      about(chosen);
      const account = accountInLink(parts.accounts.store.get(chosen.accountId));
      const base = `${vscode.env.uriScheme}://${parts.extensionId}`;
      const link = linkText(base, { action: "download", account, taskId: chosen.taskId });
      await vscode.env.clipboard.writeText(link);
      return link;
    },
  };
}
