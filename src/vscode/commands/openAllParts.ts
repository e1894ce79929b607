import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { cancelled, ExportError } from "../../model/exportError.ts";
import type { CommandDefinition } from "../commandRegistry.ts";
import type { TaskReference } from "../ids.ts";
import { partsAddress } from "../parts/partsUri.ts";
import { tasksWithSeveralFiles, type TaskWithFiles } from "../parts/taskFilesOnDisk.ts";
import { askChoice } from "../prompts/steps.ts";
import { back } from "../prompts/walkSteps.ts";
import { readSetting } from "../settings.ts";
import { openTable } from "../tableEditor/openTable.ts";
import { bytesInWords } from "../wording.ts";
import { taskReference } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Opens all downloaded files of a task as one table. */
export function openAllParts({
  history,
}: Pick<CommandParts, "history">): CommandDefinition<"taskExports.openAllParts"> {
  return {
    argument: taskReference,
    async run(reference, { about }) {
      const task = await chosenTask(tasksWithSeveralFiles(history), reference);
      about({ accountId: task.accountId, taskId: task.taskId });
      await openTable(vscode.Uri.from(partsAddress(task)), { beside: readSetting("openBeside") });
      return undefined;
    },
  };
}

/** The task that is named, the only one, or the one that the person selects. */
async function chosenTask(all: readonly TaskWithFiles[], { accountId, taskId }: TaskReference): Promise<TaskWithFiles> {
  const fitting = all
    .filter((task) => accountId === undefined || task.accountId === accountId)
    .filter((task) => taskId === undefined || task.taskId === String(taskId));
  const [first] = fitting;
  if (first === undefined) throw noSeveralFiles(taskId);
  if (fitting.length === 1) return first;
  const choices = fitting.map((task) => ({
    label: t("Task {0}", task.taskId),
    description: [t("{0} files", task.files.length), bytesInWords(sizeOf(task))].join(" · "),
    value: task,
  }));
  const chosen = await askChoice({ placeholder: t("Select a task"), choices, active: first }, {});
  if (chosen === back) throw cancelled();
  return chosen;
}

function sizeOf({ files }: TaskWithFiles): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

function noSeveralFiles(taskId: string | number | undefined): ExportError {
  const sentence =
    taskId === undefined
      ? t("There is no task with several downloaded files. Download all files of a task first.")
      : t("Task {0} doesn't have several downloaded files. Download all of its files first.", taskId);
  return new ExportError("fileMissing", sentence);
}
