import { t } from "@vscode/l10n";
import type { CommandDefinition } from "../commandRegistry.ts";
import { askTask } from "../prompts/askTask.ts";
import { showInformation } from "../surfaces/surfaces.ts";
import { momentInWords, stateInWords } from "../wording.ts";
import { taskLabel } from "../tree/nodes/taskNode.ts";
import { taskReference } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Selects a task's row. For a task that is not in the tree, shows what the service says about it. */
export function showTask(
  parts: Pick<CommandParts, "accounts" | "tasks" | "view">,
): CommandDefinition<"taskExports.showTask"> {
  return {
    argument: taskReference,
    async run(reference, { about }) {
      const chosen = await askTask(parts, { ...reference, title: t("Show Task") });
      about(chosen);
      if (await parts.view.revealTask(chosen)) return undefined;
      const task = await parts.accounts.getTask(chosen.accountId, chosen.taskId, {
        signal: new AbortController().signal,
      });
      const since = task.completedAt ?? task.createdAt;
      const sentence = t(
        "{0} ({1}) is {2}: {3}.",
        taskLabel(task),
        task.id,
        stateInWords(task.state),
        task.serviceState,
      );
      void showInformation(since === undefined ? sentence : `${sentence} ${momentInWords(since)}`);
      return undefined;
    },
  };
}
