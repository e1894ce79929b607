import { fileURLToPath } from "node:url";
import { t } from "@vscode/l10n";
import type { DownloadRequest, DownloadResult } from "../../model/contract.ts";
import type { ExportTool } from "./exportTool.ts";
import type { ToolAccounts } from "./listTasksTool.ts";
import { firstFitting } from "./toolAnswer.ts";
import { accountOfTask, taskFields } from "./namedTask.ts";

export interface DownloadToolParts {
  readonly accounts: ToolAccounts;
  /** The folder in which downloads are saved. @throws ExportError `notWritable` */
  readonly folder: () => string;
  /** Downloads without questions. Never replaces a file that the settings don't allow to be replaced. */
  readonly download: (request: DownloadRequest, signal: AbortSignal) => Promise<DownloadResult>;
}

/** Downloads all files of a task to the folder of the settings. */
export function downloadTool({ accounts, folder, download }: DownloadToolParts): ExportTool<typeof taskFields> {
  return {
    name: "taskExports_download",
    fields: taskFields,
    ask(input) {
      const { label } = accountOfTask(accounts, input);
      return {
        title: t("Download an Export"),
        lines: [
          t("Downloads task {0} of {1} to {2}.", input.task, label, folder()),
          t("The names, sizes and paths of its files will be sent to the language model, but no rows."),
        ],
        running: t("Downloading task {0}", input.task),
      };
    },
    async run(input, signal) {
      const account = accountOfTask(accounts, input);
      const result = await download({ accountId: account.id, taskId: input.task }, signal);
      const files = result.files.map(({ index, name, bytes, verified, uri, skipped = false }) => ({
        ...{ index, name, bytes, verified, path: fileURLToPath(uri) },
        ...(skipped ? { note: "A file with this name existed and was kept. It is not this export." } : {}),
      }));
      return { task: result.taskId, account: account.label, fileCount: files.length, files: firstFitting(files) };
    },
  };
}
