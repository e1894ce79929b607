import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { DownloadProgress } from "../../../model/contract.ts";
import type { DiskState } from "../../downloads/diskStates.ts";
import type { DownloadedExport } from "../../downloads/downloadHistory.ts";
import { tooltip } from "../../surfaces/surfaces.ts";
import { ageInWords, bytesInWords, momentInWords, progressInWords } from "../../wording.ts";
import type { AgingRow } from "../agingRows.ts";
import { changedIcon, checkInWords, contentOf } from "./fileFacts.ts";
import { fileInWords, fileLabel, type FilePlace } from "./fileLabel.ts";
import type { TaskNode } from "./taskNode.ts";
import { defined } from "../../../model/defined.ts";
import { type RowArgument, TreeNode } from "./treeNode.ts";

/** What is known of one file of a task besides its name. */
export interface FileStatus {
  readonly downloaded?: DownloadedExport | undefined;
  /** What became of the downloaded file. */
  readonly onDisk?: DiskState | undefined;
  /** What a download that runs or is paused says about the file. */
  readonly progress?: DownloadProgress | undefined;
  readonly isPaused: boolean;
  /** The unfinished file has bytes that can be opened. */
  readonly isReadable: boolean;
}

/** One file of a task: not downloaded yet, being downloaded, or downloaded. */
export class FileNode extends TreeNode implements AgingRow {
  override readonly id: string;
  readonly #task: TaskNode;
  readonly #place: FilePlace;
  /** The service's name of the file. */
  readonly #name: string;
  #status: FileStatus;
  #downloaded: DownloadedExport | undefined;

  constructor(parent: TaskNode, place: FilePlace, name: string, status: FileStatus) {
    super(fileLabel(status.downloaded?.name ?? name, place), parent);
    this.id = `file/${parent.accountId}/${parent.taskId}/${place.index}`;
    this.#task = parent;
    this.#place = place;
    this.#name = name;
    this.#status = status;
    this.#show(status);
  }

  /** The file's index in its task. */
  get index(): number {
    return this.#place.index;
  }

  get argument(): RowArgument {
    const { accountId, taskId } = this.#task;
    const uri = this.#downloaded === undefined ? undefined : vscode.Uri.parse(this.#downloaded.uri);
    return { accountId, taskId, files: [this.index], ...defined({ uri }) };
  }

  /**
   * Updates this very object while a download runs: VS Code repaints the element that it was given. Answers whether
   * there is anything to repaint.
   */
  update(status: FileStatus): boolean {
    if (isSameStatus(status, this.#status)) return false;
    this.#show(status);
    return true;
  }

  #show(status: FileStatus): void {
    const { downloaded, onDisk, progress } = status;
    this.#status = status;
    this.#downloaded = onDisk === "missing" ? undefined : downloaded;
    this.label = fileLabel(downloaded?.name ?? this.#name, this.#place);
    delete this.command;
    delete this.resourceUri;
    if (progress !== undefined && progress.phase !== "done") this.#showProgress(progress, status);
    else if (downloaded === undefined) this.#showRemote();
    else if (onDisk === "missing") this.#showMissing(downloaded);
    else this.#showDownloaded(downloaded, onDisk === "changed");
  }

  repaintAge(): boolean {
    if (this.#downloaded === undefined || this.#status.onDisk === "changed") return false;
    const before = this.description;
    this.description = sizeAndAge(this.#downloaded);
    return this.description !== before;
  }

  #showRemote(): void {
    this.contextValue = "file remote";
    this.iconPath = new vscode.ThemeIcon("cloud");
    this.description = t("not downloaded");
    this.tooltip = this.#name;
    this.say(t("{0}, not downloaded", fileInWords(this.#name, this.#place)));
  }

  /** It can be downloaded again, like one that never was. */
  #showMissing({ name, uri }: DownloadedExport): void {
    this.contextValue = "file remote";
    this.iconPath = new vscode.ThemeIcon("cloud");
    this.description = t("moved or deleted");
    this.tooltip = tooltip({
      lines: [vscode.Uri.parse(uri).fsPath, t("The file was moved or deleted. You can download it again.")],
    });
    this.say(t("{0}, moved or deleted", fileInWords(name, this.#place)));
  }

  #showProgress(progress: DownloadProgress, { isPaused, isReadable }: FileStatus): void {
    this.contextValue = `file unfinished${isReadable ? " readable" : ""}`;
    this.iconPath = new vscode.ThemeIcon(isPaused ? "debug-pause" : "loading~spin");
    // The row is one file, so that its number among the task's files is not repeated.
    const words = progressInWords({ ...progress, files: 1 });
    this.description = isPaused ? t("paused · {0}", words) : words;
    this.tooltip = this.#name;
    const status = isPaused ? t("download paused") : t("downloading");
    this.say(`${fileInWords(this.#name, this.#place)}, ${status}, ${words}`);
  }

  #showDownloaded(downloaded: DownloadedExport, isChanged: boolean): void {
    const { name, bytes, at, sha256, verified, uri } = downloaded;
    this.contextValue = `file downloaded ${contentOf(name)}`;
    this.resourceUri = vscode.Uri.parse(uri);
    this.iconPath = isChanged ? changedIcon : vscode.ThemeIcon.File;
    const size = bytesInWords(bytes);
    this.description = isChanged ? t("changed on disk") : sizeAndAge(downloaded);
    this.tooltip = tooltip({
      lines: [
        vscode.Uri.parse(uri).fsPath,
        t("{0}, downloaded {1}", size, momentInWords(at)),
        isChanged
          ? t("The file was changed or replaced after it was downloaded.")
          : t("Checked: {0}", checkInWords(verified)),
      ],
      entries: [["SHA-256", sha256]],
    });
    this.command = { command: "taskExports.openExport", title: t("Open Export"), arguments: [this] };
    const spoken = fileInWords(name, this.#place);
    this.say(isChanged ? t("{0}, changed on disk", spoken) : t("{0}, downloaded, {1}", spoken, size));
  }
}

/** Compares by identity: progress and records are replaced and never change. */
function isSameStatus(one: FileStatus, other: FileStatus): boolean {
  return (
    one.downloaded === other.downloaded &&
    one.onDisk === other.onDisk &&
    one.progress === other.progress &&
    one.isPaused === other.isPaused &&
    one.isReadable === other.isReadable
  );
}

function sizeAndAge({ bytes, at }: DownloadedExport): string {
  return [bytesInWords(bytes), ageInWords(at)].filter((part) => part !== undefined).join(" · ");
}
