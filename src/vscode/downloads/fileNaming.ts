import { t } from "@vscode/l10n";
import { relativePaths, templateProblem } from "../../download/place/nameTemplate.ts";
import { invalidArgument } from "../../model/accountErrors.ts";
import type { Account, ExportTask } from "../../model/contract.ts";
import { defined } from "../../model/defined.ts";
import type { ExportError } from "../../model/exportError.ts";
import type { Accounts } from "../accounts/accounts.ts";
import { readSetting } from "../settings.ts";

/** The path of a task's file in the download folder. */
export type FileNaming = (file: { index: number; count: number; name: string }) => string;

/** Only these placeholders require information about the task from the service. */
const needsTask = /\$\{(subject|date|extension)\}/;

/**
 * Reads the file name template, and the information about the task that it requires.
 *
 * @throws ExportError `invalidRequest` for an invalid template
 */
export async function fileNaming(
  accounts: Accounts,
  account: Account,
  taskId: string,
  signal: AbortSignal,
): Promise<FileNaming> {
  const template = readSetting("fileNameTemplate");
  const problem = templateProblem(template);
  if (problem !== undefined) throw invalidArgument(problem);
  const task = needsTask.test(template) ? await accounts.getTask(account.id, taskId, { signal }) : undefined;
  return (file) => {
    const [path] = relativePaths(template, [{ ...file, taskId, ...namesOf(accounts, account, task) }]);
    return path ?? file.name;
  };
}

/**
 * Gives the only wanted file a name. The other files of the task get names of their own, although they aren't downloaded:
 * each file claims a path.
 *
 * @throws ExportError `invalidRequest` from the naming, if the task has several files and none was chosen
 */
export function givenNaming(fileName: string, files: readonly number[] | undefined): FileNaming {
  return ({ index, count }) => {
    if (files === undefined && count > 1) throw severalFiles(count, fileName);
    return files === undefined || files[0] === index ? fileName : `${index}-${fileName}`;
  };
}

function severalFiles(count: number, fileName: string): ExportError {
  return invalidArgument(
    t("The task has {0} files, and only one can be saved as {1}. Specify its index, counted from 0.", count, fileName),
  );
}

function namesOf(
  accounts: Accounts,
  account: Account,
  task: ExportTask | undefined,
): { account: string; service: string; subject?: string; format?: string; date: string } {
  return {
    account: account.label,
    service: accounts.serviceLabel(account),
    date: (task?.completedAt ?? new Date().toISOString()).slice(0, 10),
    ...defined({ subject: task?.subject, format: task?.format }),
  };
}
