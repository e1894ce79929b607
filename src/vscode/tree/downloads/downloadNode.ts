import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { DiskState } from "../../downloads/diskStates.ts";
import type { ListedDownload } from "../../downloads/list/listedDownload.ts";
import { tooltip } from "../../surfaces/surfaces.ts";
import { ageInWords, bytesInWords, momentInWords } from "../../wording.ts";
import type { AgingRow } from "../agingRows.ts";
import { changedIcon, checkInWords, contentOf } from "../nodes/fileFacts.ts";
import { fileInWords, fileLabel, type FilePlace, withShortIds } from "../nodes/fileLabel.ts";
import { type RowArgument, TreeNode } from "../nodes/treeNode.ts";
import { contentInWords } from "./downloadWording.ts";

const missingIcon = new vscode.ThemeIcon("circle-slash", new vscode.ThemeColor("disabledForeground"));

/** A downloaded file in the Downloads view, even if it is no longer there. */
export class DownloadNode extends TreeNode implements AgingRow {
  override readonly id: string;
  readonly argument: RowArgument;
  readonly listed: ListedDownload;
  readonly #uri: vscode.Uri;
  /** The group's name already says what the file contains. */
  readonly #saysContent: boolean;
  #state: DiskState = "same";

  constructor(listed: ListedDownload, parent: TreeNode | undefined, state: DiskState, saysContent: boolean) {
    super(fileLabel(listed.record.name, placeOf(listed)), parent);
    const { accountId, taskId, index, uri } = listed.record;
    this.id = `download/${accountId}/${taskId}/${index}/${uri}`;
    this.listed = listed;
    this.#uri = vscode.Uri.parse(uri);
    this.#saysContent = saysContent;
    this.argument = { accountId, taskId, files: [index], uri: this.#uri };
    this.#show(state);
  }

  /** Shows what became of the file; answers whether that is new. */
  update(state: DiskState): boolean {
    if (state === this.#state) return false;
    this.#show(state);
    return true;
  }

  repaintAge(): boolean {
    const before = this.description;
    this.description = this.#describe();
    return this.description !== before;
  }

  /** With dates, which take longer than the row itself. */
  override resolveTooltip(): void {
    const { record, origin } = this.listed;
    const { bytes, at, sha256, verified, taskId } = record;
    const { account, description = "", completedAt } = origin;
    const entries: [string, string | undefined][] = [
      [t("Task"), description === "" ? taskId : `${description} (${taskId})`],
      [t("Account"), account],
      [t("Exports"), contentInWords(this.listed)],
      [t("Completed"), completedAt === undefined ? undefined : momentInWords(completedAt)],
      [t("Downloaded"), momentInWords(at)],
      [t("Size"), bytesInWords(bytes)],
      [t("Checked"), checkInWords(verified)],
      ["SHA-256", sha256],
    ];
    this.tooltip = tooltip({
      heading: record.name,
      lines: [this.#uri.fsPath, ...this.#remarks()],
      entries: entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
    });
  }

  #show(state: DiskState): void {
    const { record } = this.listed;
    this.#state = state;
    this.tooltip = undefined;
    this.description = this.#describe();
    this.contextValue = `download ${state === "missing" ? "missing" : "present"} ${contentOf(record.name)}`;
    delete this.command;
    delete this.resourceUri;
    if (state === "missing") this.iconPath = missingIcon;
    else this.#showFile(state);
    this.say([fileInWords(record.name, placeOf(this.listed)), this.description].join(", "));
  }

  /** A file can be opened, and dragged by its URI. */
  #showFile(state: DiskState): void {
    this.resourceUri = this.#uri;
    this.iconPath = state === "changed" ? changedIcon : vscode.ThemeIcon.File;
    this.command = { command: "taskExports.openExport", title: t("Open Export"), arguments: [this] };
  }

  /** What is unusual comes first, because a narrow view cuts the rest off. */
  #describe(): string {
    const { record, isOlderCopy } = this.listed;
    const parts = [
      stateInWords(this.#state),
      isOlderCopy ? t("older copy") : undefined,
      ageInWords(record.at),
      bytesInWords(record.bytes),
      // Last, because the name often says it.
      this.#saysContent ? undefined : withShortIds(contentInWords(this.listed)),
    ];
    return parts.filter((part) => part !== undefined).join(" · ");
  }

  #remarks(): string[] {
    const remarks = [stateRemark(this.#state)];
    if (this.listed.record.skipped === true) remarks.push(t("The file existed before the download and was kept."));
    return remarks.filter((remark) => remark !== "");
  }
}

/** How many files the task has was known only to its download. */
function placeOf({ record: { index }, isOneOfSeveral }: ListedDownload): FilePlace {
  return isOneOfSeveral ? { index } : { index, count: 1 };
}

function stateInWords(state: DiskState): string | undefined {
  if (state === "same") return undefined;
  return state === "missing" ? t("moved or deleted") : t("changed on disk");
}

function stateRemark(state: DiskState): string {
  if (state === "same") return "";
  return state === "missing"
    ? t("The file was moved or deleted. You can download it again.")
    : t("The file was changed or replaced after it was downloaded.");
}
