import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { TaskKey } from "../../model/taskKey.ts";
import { callByPerson } from "../commandCall.ts";
import type { CommandId } from "../ids.ts";
import { showInformation } from "../surfaces/surfaces.ts";
import type { TaskLists } from "../tasks/taskLists.ts";
import type { TasksView } from "../tree/tasksView.ts";

interface StartedTaskParts {
  readonly tasks: TaskLists;
  readonly view: TasksView;
}

const watchTask: CommandId = "taskExports.watchTask";

/**
 * Loads the account's tasks again, selects the one that was started, says so once, and offers to download it when it is
 * done. Doesn't wait for the answer.
 */
export async function showStarted({ tasks, view }: StartedTaskParts, task: TaskKey, sentence: string): Promise<void> {
  await tasks.refresh(task.accountId);
  await view.revealTask(task);
  const downloadWhenDone = t("Download When Done");
  void showInformation(sentence, downloadWhenDone).then((chosen) => {
    if (chosen === downloadWhenDone) void vscode.commands.executeCommand(watchTask, callByPerson(task));
  });
}
