import { rmdir } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { t } from "@vscode/l10n";
import { makeFolder } from "../../disk/folders.ts";
import { finalPathTaken } from "../../disk/placeFile.ts";
import { ambiguousAccount, invalidArgument, noAccount } from "../../model/accountErrors.ts";
import type { Account, DownloadProgress, DownloadResult, ExportTask, TaskPage } from "../../model/contract.ts";
import { defined } from "../../model/defined.ts";
import { throwIfCancelled } from "../../model/exportError.ts";
import { fileExists } from "../../model/fileErrors.ts";
import type { TaskKey } from "../../model/taskKey.ts";
import { accountNamed } from "../accounts/namedAccount.ts";
import type { NamedRequest } from "../downloads/download.ts";
import { type ExportDefinition, readDefinition } from "./exportDefinition.ts";
import { newestExport } from "./newestExport.ts";
import { type TargetPath, targetPath } from "./targetPath.ts";

/** The accounts, as needed by builds. */
export interface BuildAccounts {
  readonly store: { list(): Account[] };
  only(accountId: string | undefined, taskId: string): Account;
  listTasks(
    accountId: string,
    page: { cursor?: string; pageSize: number },
    call: { signal: AbortSignal },
  ): Promise<TaskPage>;
}

export interface ExportBuildParts {
  readonly accounts: BuildAccounts;
  /** Whether the workspace is trusted: its `tasks.json` decides what is downloaded, and where it goes. */
  readonly isTrusted: () => boolean;
  /** Downloads one file under its final name. When it is canceled, nothing is kept. */
  readonly download: (
    request: NamedRequest,
    run: { signal: AbortSignal; onProgress: (progress: DownloadProgress) => void },
  ) => Promise<DownloadResult>;
}

/** One run of a build. */
export interface BuildRun {
  /** The absolute path of the workspace folder of the build, if there is one. */
  readonly workspace: string | undefined;
  readonly signal: AbortSignal;
  /** Shows a line. */
  readonly tell: (line: string) => void;
  readonly onProgress: (progress: DownloadProgress) => void;
}

/**
 * Downloads the export of a build to its target. The file is downloaded beside the target and verified, and gets its name
 * only when it is complete, so that a build never reads half of it.
 *
 * @returns the result of the download; undefined if the file exists and is kept
 * @throws ExportError with the codes of a download, `invalidRequest` for a definition with a mistake, `fileExists`
 */
export async function runExportBuild(
  { accounts, isTrusted, download }: ExportBuildParts,
  given: unknown,
  { workspace, signal, tell, onProgress }: BuildRun,
): Promise<DownloadResult | undefined> {
  if (!isTrusted())
    throw invalidArgument(t("Trust the workspace first: its tasks.json decides where files are saved."));
  const definition = readDefinition(given);
  const target = targetPath(definition.target, workspace);
  const { ifExists = "overwrite" } = definition;
  if (ifExists !== "overwrite" && (await finalPathTaken(target.path))) {
    if (ifExists === "fail") throw fileExists(target.path);
    return undefined;
  }
  const task = await findTask(accounts, definition, signal, tell);
  return withFolderOf(target, async () => {
    throwIfCancelled(signal);
    const result = await download(requestFor(task, definition, target), { signal, onProgress });
    requireTarget(result, target);
    return result;
  });
}

function requestFor(task: TaskKey, { file, ifExists }: ExportDefinition, target: TargetPath): NamedRequest {
  return {
    ...task,
    folder: target.folder,
    fileName: target.name,
    // Should a file with this name appear meanwhile, it is not replaced either.
    fileExists: ifExists === "skip" ? "skip" : ifExists === "fail" ? "ask" : "overwrite",
    ...defined({ files: file === undefined ? undefined : [file] }),
  };
}

async function findTask(
  accounts: BuildAccounts,
  { account: named, task, newest }: ExportDefinition,
  signal: AbortSignal,
  tell: (line: string) => void,
): Promise<TaskKey> {
  const account = named === undefined ? undefined : accountNamed(accounts.store.list(), named);
  if (task !== undefined) return { accountId: accounts.only(account?.id, task).id, taskId: task };
  const { id, label } = account ?? onlyAccount(accounts.store.list());
  tell(t("Looking for the newest export of {0}.", label));
  const found = await newestExport(
    (page, stop) => accounts.listTasks(id, page, { signal: stop }),
    newest ?? {},
    signal,
  );
  tell(t("Found task {0}: {1}", found.id, titleOf(found)));
  return { accountId: id, taskId: found.id };
}

function onlyAccount([first, second]: readonly Account[]): Account {
  if (first === undefined) throw noAccount();
  if (second !== undefined) throw ambiguousAccount();
  return first;
}

function titleOf({ description, subject, completedAt }: ExportTask): string {
  return [description === "" ? subject : description, completedAt].filter((part) => part !== undefined).join(" · ");
}

/** Creates the folder of the target inside the workspace, through no links, and removes it again if nothing gets there. */
async function withFolderOf<Result>({ folder, workspace }: TargetPath, work: () => Promise<Result>): Promise<Result> {
  const created = workspace === undefined ? [] : await makeFolder(workspace, folder);
  try {
    return await work();
  } catch (error) {
    for (const each of created.toReversed()) await rmdir(each).catch(() => undefined);
    throw error;
  }
}

/** A file of another kind than its name says is never saved under this name. */
function requireTarget({ files: [file] }: DownloadResult, { path, name }: TargetPath): void {
  const saved = file === undefined ? path : fileURLToPath(file.uri);
  if (saved === path) return;
  throw invalidArgument(
    t(
      "The export doesn't fit the name {0} and was saved as {1}. Change the extension of target.",
      name,
      basename(saved),
    ),
  );
}
