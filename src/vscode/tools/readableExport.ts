import { fileURLToPath } from "node:url";
import { t } from "@vscode/l10n";
import { stampOf } from "../../disk/fileStamp.ts";
import { lengthOfFile } from "../../disk/ordinaryFile.ts";
import type { Account } from "../../model/contract.ts";
import { ExportError } from "../../model/exportError.ts";
import { exportGone } from "../../model/fileErrors.ts";
import { accountNamed } from "../accounts/namedAccount.ts";
import type { DownloadedExport, DownloadHistory } from "../downloads/downloadHistory.ts";
import { taskFields } from "./namedTask.ts";
import { type InputOf, optionalNumber } from "./toolInput.ts";
import { filesOfNamedTask } from "../parts/taskFilesOnDisk.ts";

/** What tools need to find downloaded files. */
export interface ReadableExports {
  readonly accounts: { readonly store: { list(): Account[] } };
  readonly history: Pick<DownloadHistory, "all" | "ofTask">;
}

/**
 * How a model names a file: by its task, and its index among the files of the task. There is no way to name one by its
 * path, so tools read only what was downloaded.
 */
export const fileFields = { ...taskFields, file: optionalNumber(0, 9_999, 0) };

/** @throws ExportError `fileMissing` if the file was not downloaded, `noAccount` */
export function readableExport(
  { accounts, history }: ReadableExports,
  { task, account, file }: InputOf<typeof fileFields>,
): DownloadedExport {
  const accountId = account === undefined ? undefined : accountNamed(accounts.store.list(), account).id;
  const records = filesOfNamedTask(history, { accountId, taskId: task, files: [file] });
  // A file that existed before and was kept is somebody else's, unless it was downloaded with another account.
  const all = records.length === 0 ? [] : history.all();
  const isDownloaded = ({ uri, sha256 }: DownloadedExport): boolean =>
    all.some((each) => each.uri === uri && each.sha256 === sha256 && each.skipped !== true);
  const record = records.find(isDownloaded);
  if (record !== undefined) return record;
  throw new ExportError(
    "fileMissing",
    t(
      "File {0} of task {1} wasn't downloaded. Download the task first. Only downloaded exports can be read.",
      file,
      task,
    ),
  );
}

/**
 * Reads a downloaded file that is an ordinary file before and after it. Whoever can write to the folder could put a link
 * to another file there, also in the moment in which it is read. Then nothing of it is used.
 *
 * @throws ExportError `fileMissing`; what `read` throws
 */
export async function whileInPlace<Result>(
  { uri }: DownloadedExport,
  read: (uri: string) => Promise<Result>,
): Promise<Result> {
  const path = fileURLToPath(uri);
  const before = await stampOf(path);
  if ((await lengthOfFile(path)) === undefined) throw exportGone(path);
  const result = await read(uri);
  if ((await stampOf(path)) !== before) throw exportGone(path);
  return result;
}
