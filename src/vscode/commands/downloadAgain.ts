import { unknownExport } from "../../model/fileErrors.ts";
import type { DownloadResult } from "../../model/contract.ts";
import { type TaskKey, taskKeyText } from "../../model/taskKey.ts";
import type { CommandDefinition } from "../commandRegistry.ts";
import { askOwnExports, type ExportQuestionParts, type OwnExport } from "../prompts/askExport.ts";
import { exportReference } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";
import { runAndOpen } from "./downloadTaskExport.ts";

/** Downloads files again that were downloaded before, with new URLs, into the folder that is set now. */
export function downloadAgain(
  parts: ExportQuestionParts &
    Pick<CommandParts, "downloads" | "existingFiles" | "gitIgnoreHint" | "notices" | "opener" | "ownFiles">,
): CommandDefinition<"taskExports.downloadAgain"> {
  return {
    argument: exportReference,
    async run(reference, { about, caller }) {
      const results: DownloadResult[] = [];
      for (const { task, files } of byTask(await askOwnExports(parts, reference, unknownExport))) {
        about(task);
        results.push(await runAndOpen(parts, parts.downloads.create({ ...task, files }), caller));
      }
      return results;
    },
  };
}

/** The tasks, each with the indexes of its files. */
function byTask(own: readonly OwnExport[]): { task: TaskKey; files: number[] }[] {
  const tasks = new Map<string, { task: TaskKey; files: Set<number> }>();
  for (const { record } of own) {
    const task = { accountId: record.accountId, taskId: record.taskId };
    const known = tasks.get(taskKeyText(task)) ?? { task, files: new Set() };
    known.files.add(record.index);
    tasks.set(taskKeyText(task), known);
  }
  return Array.from(tasks.values(), ({ task, files }) => ({ task, files: [...files] }));
}
