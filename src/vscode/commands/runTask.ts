import { t } from "@vscode/l10n";
import type { Account } from "../../model/contract.ts";
import { cancelled } from "../../model/exportError.ts";
import type { TaskKey } from "../../model/taskKey.ts";
import { isInteractive } from "../commandCall.ts";
import type { CommandDefinition } from "../commandRegistry.ts";
import { showStarted } from "../creating/startedTask.ts";
import { askTask } from "../prompts/askTask.ts";
import { askChoice } from "../prompts/steps.ts";
import { taskLabel } from "../tree/nodes/taskNode.ts";
import { withStatusBarProgress } from "../surfaces/surfaces.ts";
import { taskReference } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

type RunParts = Pick<CommandParts, "accounts" | "tasks" | "view" | "creation">;

/** Runs a task now, after a question if a person wants it. */
export function runTask(parts: RunParts): CommandDefinition<"taskExports.runTask"> {
  return {
    argument: taskReference,
    async run(reference, { about, caller }) {
      const offers = (account: Account): boolean => parts.creation.canRun(account);
      const task = await askTask(parts, { ...reference, title: t("Run Task Now"), offers });
      // Without the task: downloading it is no remedy if it can't be run.
      about({ accountId: task.accountId });
      const call = { signal: new AbortController().signal };
      if (!isInteractive(caller)) {
        await parts.creation.run(task, call);
        await parts.tasks.refresh(task.accountId);
        return undefined;
      }
      await confirmRun(parts, task);
      await withStatusBarProgress(t("Running task {0}…", task.taskId), () => parts.creation.run(task, call));
      await showStarted(parts, task, t("Task {0} was started.", task.taskId));
      return undefined;
    },
  };
}

/** A list and not a dialog, because nothing is lost: the task only runs once more. @throws ExportError `cancelled` */
async function confirmRun({ tasks }: RunParts, { accountId, taskId }: TaskKey): Promise<void> {
  const known = tasks.find(accountId, taskId);
  const choices = [
    { label: t("Run Now"), description: t("The result of an earlier run may be replaced."), value: true },
    { label: t("Cancel"), value: false },
  ];
  const placeholder = t("Run “{0}” now?", known === undefined ? taskId : taskLabel(known));
  const answer = await askChoice({ placeholder, choices }, { title: t("Run Task Now") });
  if (answer !== true) throw cancelled();
}
