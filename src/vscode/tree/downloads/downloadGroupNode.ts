import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { DownloadGroup, DownloadGrouping } from "../../downloads/list/arrangeDownloads.ts";
import type { ListedDownload } from "../../downloads/list/listedDownload.ts";
import type { AgingRow } from "../agingRows.ts";
import { TreeNode } from "../nodes/treeNode.ts";
import { amountInWords, downloadGroupInWords } from "./downloadWording.ts";

/** A row with downloaded files below it. */
export interface DownloadHolder {
  readonly downloads: readonly ListedDownload[];
  /** The row's name says what the files contain. */
  readonly saysContent: boolean;
}

/** Downloaded files that belong together; its children are the files. */
export class DownloadGroupNode extends TreeNode implements AgingRow, DownloadHolder {
  override readonly id: string;
  override readonly contextValue = "downloadGroup";
  readonly argument = {};
  readonly saysContent: boolean;
  readonly #group: DownloadGroup;
  readonly #grouping: DownloadGrouping;

  constructor(grouping: DownloadGrouping, group: DownloadGroup) {
    super(downloadGroupInWords(grouping, group), undefined, vscode.TreeItemCollapsibleState.Expanded);
    // With the grouping in the ID, VS Code remembers for each grouping which groups are collapsed.
    this.id = `downloadGroup/${grouping}/${group.key}`;
    this.saysContent = grouping === "kind" && group.key !== "";
    this.#group = group;
    this.#grouping = grouping;
    this.#show(downloadGroupInWords(grouping, group));
  }

  get downloads(): readonly ListedDownload[] {
    return this.#group.downloads;
  }

  /** "Today" becomes "Yesterday". */
  repaintAge(): boolean {
    const name = downloadGroupInWords(this.#grouping, this.#group);
    if (name === this.label) return false;
    this.#show(name);
    return true;
  }

  /** Files of one kind are of one account, which tells apart those of two shops. */
  #show(name: string): void {
    const { downloads, bytes } = this.#group;
    const account = this.saysContent ? downloads[0]?.origin.account : undefined;
    const amount = amountInWords(downloads.length, bytes);
    this.label = name;
    this.description = account === undefined ? amount : `${account} · ${amount}`;
    this.say(`${name}, ${this.description}`);
  }
}

/** The files that are too many to be shown at once: VS Code takes all rows below a row in one piece. */
export class OlderDownloadsNode extends TreeNode implements DownloadHolder {
  override readonly id: string;
  override readonly contextValue = "olderDownloads";
  readonly argument = {};
  readonly saysContent: boolean;
  readonly downloads: readonly ListedDownload[];

  constructor(parent: (TreeNode & DownloadHolder) | undefined, downloads: readonly ListedDownload[]) {
    const { length } = downloads;
    const label = length === 1 ? t("1 older download") : t("{0} older downloads", length);
    super(label, parent, vscode.TreeItemCollapsibleState.Collapsed);
    this.id = `older/${parent?.id ?? ""}`;
    this.say(label);
    this.saysContent = parent?.saysContent ?? false;
    this.downloads = downloads;
  }
}
