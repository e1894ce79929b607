import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { type ExportError, cancelled } from "../../model/exportError.ts";
import { exportGone, noDownloadedExport } from "../../model/fileErrors.ts";
import type { Accounts } from "../accounts/accounts.ts";
import type { DownloadedExport, DownloadHistory } from "../downloads/downloadHistory.ts";
import type { UnfinishedFile, UnfinishedFiles } from "../downloads/unfinishedFiles.ts";
import type { ExportReference, UriLike } from "../ids.ts";
import { filesOfNamedTask } from "../parts/taskFilesOnDisk.ts";
import type { TaskLists } from "../tasks/taskLists.ts";
import { taskLabel } from "../tree/nodes/taskNode.ts";
import { toUri } from "../uris.ts";
import { ageInWords, bytesInWords } from "../wording.ts";
import { askChoice, type Choice } from "./steps.ts";
import { back } from "./walkSteps.ts";

/** The parts that the question needs: the downloaded files, and the names of tasks and accounts. */
export interface ExportQuestionParts {
  readonly history: DownloadHistory;
  readonly accounts: Accounts;
  readonly tasks: TaskLists;
}

/**
 * The downloaded file to work with: the specified one, or the one that the person selects.
 *
 * @throws ExportError `fileMissing` if nothing was downloaded or the file was deleted, `cancelled`
 */
export async function askExport(parts: ExportQuestionParts, named: UriLike | undefined): Promise<vscode.Uri> {
  const uri = named === undefined ? await pickExport(parts) : toUri(named);
  await requireFile(uri);
  return uri;
}

/**
 * The downloaded files to work with: the specified one, all of the specified task, or the one that the person selects.
 *
 * @throws ExportError `fileMissing` if nothing was downloaded or a file was deleted, `cancelled`
 */
export async function askExports(
  parts: ExportQuestionParts,
  reference: ExportReference,
): Promise<[vscode.Uri, ...vscode.Uri[]]> {
  const uris = await namedExports(parts, reference);
  for (const uri of uris) await requireFile(uri);
  return uris;
}

/** @throws ExportError `fileMissing` if there is no such file */
async function requireFile(uri: vscode.Uri): Promise<void> {
  try {
    await vscode.workspace.fs.stat(uri);
  } catch {
    throw exportGone(uri.fsPath);
  }
}

async function namedExports(
  parts: ExportQuestionParts,
  { uri, uris = [], accountId, taskId, files }: ExportReference,
): Promise<[vscode.Uri, ...vscode.Uri[]]> {
  const [selected, ...more] = uris;
  if (selected !== undefined) return [toUri(selected), ...more.map(toUri)];
  if (uri !== undefined) return [toUri(uri)];
  if (taskId === undefined) return [await pickExport(parts)];
  const records = filesOfNamedTask(parts.history, { accountId, taskId: String(taskId), files });
  const [first, ...others] = records.map((record) => vscode.Uri.parse(record.uri));
  if (first === undefined) throw noDownloadedExport();
  return [first, ...others];
}

/** A file to open: a downloaded one, or an unfinished one. */
export type AnyExport =
  | { readonly kind: "file"; readonly uri: vscode.Uri }
  | { readonly kind: "unfinished"; readonly unfinished: UnfinishedFile };

/**
 * Like `askExport`, but also for unfinished exports. For a task without a specified file, returns the unfinished file,
 * or the first downloaded one.
 */
export async function askAnyExport(
  parts: ExportQuestionParts & { readonly unfinished: UnfinishedFiles },
  { uri, accountId, taskId, files }: ExportReference,
): Promise<AnyExport> {
  if (uri !== undefined || accountId === undefined || taskId === undefined) {
    return { kind: "file", uri: await askExport(parts, uri) };
  }
  const isWanted = (file: number): boolean => files?.includes(file) ?? true;
  const ofTask = parts.unfinished.ofTask({ accountId, taskId: String(taskId) }).filter(({ file }) => isWanted(file));
  const found = ofTask.find(({ bytes, state }) => bytes > 0 && state.kind === "growing") ?? ofTask[0];
  if (found !== undefined) return { kind: "unfinished", unfinished: found };
  const records = parts.history.ofTask(accountId, String(taskId)).filter(({ index }) => isWanted(index));
  const newest = records.findLast(({ index }) => index === records[0]?.index);
  if (newest === undefined) throw noDownloadedExport();
  return { kind: "file", uri: await askExport(parts, vscode.Uri.parse(newest.uri)) };
}

/** A file that this extension downloaded. */
export interface OwnExport {
  readonly uri: vscode.Uri;
  readonly record: DownloadedExport;
}

/**
 * Like `askExports`, for actions that are only allowed for files that this extension downloaded. A file may already be
 * deleted.
 *
 * @param refusal what is said about any other file
 * @throws ExportError what `refusal` makes; `fileMissing` if nothing was downloaded; `cancelled`
 */
export async function askOwnExports(
  parts: ExportQuestionParts,
  reference: ExportReference,
  refusal: (path: string) => ExportError,
): Promise<[OwnExport, ...OwnExport[]]> {
  const own = (uri: vscode.Uri): OwnExport => {
    const record = recordOf(parts, uri, reference);
    if (record === undefined) throw refusal(uri.fsPath);
    return { uri, record };
  };
  const [first, ...others] = await namedExports(parts, reference);
  return [own(first), ...others.map(own)];
}

/** Files of two tasks can have had the same path, so a task that is named with the file decides. */
function recordOf(
  { history }: ExportQuestionParts,
  uri: vscode.Uri,
  { accountId, taskId }: ExportReference,
): DownloadedExport | undefined {
  const ofTask = accountId === undefined || taskId === undefined ? [] : history.ofTask(accountId, String(taskId));
  return ofTask.find((record) => vscode.Uri.parse(record.uri).fsPath === uri.fsPath) ?? history.find(uri);
}

async function pickExport(parts: ExportQuestionParts): Promise<vscode.Uri> {
  const choices = parts.history.all().map((record) => choiceOf(record, parts));
  const [newest] = choices;
  if (newest === undefined) throw noDownloadedExport();
  const question = { placeholder: t("Select a downloaded export"), choices, active: newest.value };
  const chosen = await askChoice(question, {});
  if (chosen === back) throw cancelled();
  return chosen;
}

/** File names are often only IDs, so the task comes first. */
function choiceOf(record: DownloadedExport, { accounts, tasks }: ExportQuestionParts): Choice<vscode.Uri> {
  const { accountId, taskId, name, bytes, at, uri } = record;
  const task = tasks.find(accountId, taskId);
  const account = accounts.store.list().find(({ id }) => id === accountId);
  return {
    label: task === undefined ? t("Task {0}", taskId) : taskLabel(task),
    description: joined([account?.label, ageInWords(at), bytesInWords(bytes)]),
    detail: joined([name, task === undefined || taskLabel(task).includes(taskId) ? undefined : t("Task {0}", taskId)]),
    value: vscode.Uri.parse(uri),
  };
}

function joined(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(" · ");
}
