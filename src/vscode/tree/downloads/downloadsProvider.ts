import * as vscode from "vscode";
import { mapInSlices } from "../../../model/slices.ts";
import { Owner } from "../../disposables.ts";
import type { DiskStates } from "../../downloads/diskStates.ts";
import type { DownloadList } from "../../downloads/list/downloadList.ts";
import type { ListedDownload } from "../../downloads/list/listedDownload.ts";
import { treeRow } from "../../surfaces/surfaces.ts";
import type { TreeNode } from "../nodes/treeNode.ts";
import { DownloadGroupNode, type DownloadHolder, OlderDownloadsNode } from "./downloadGroupNode.ts";
import { DownloadNode } from "./downloadNode.ts";
import { ShownDownloads } from "./shownDownloads.ts";

export interface DownloadsProviderParts {
  readonly list: DownloadList;
  /** Of this view alone: each view looks at the files that it shows. */
  readonly disk: DiskStates;
}

/** How many files are shown below one row. VS Code takes all of them at once. */
const rowsAtOnce = 1000;
/** A program that writes to a folder changes several files at once. */
const repaintMs = 50;

/** The Downloads view: everything that was downloaded, newest first, in groups if the user chose that. */
export class DownloadsProvider extends Owner implements vscode.TreeDataProvider<TreeNode> {
  readonly #parts: DownloadsProviderParts;
  readonly #changed = this.own(new vscode.EventEmitter<TreeNode | TreeNode[] | undefined>());
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #shown: ShownDownloads;
  readonly #stop = new AbortController();
  readonly #toRepaint = new Set<TreeNode>();
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: DownloadsProviderParts) {
    super();
    this.#parts = parts;
    this.#shown = new ShownDownloads(parts.disk);
    this.own(parts.list.onDidChange(() => this.#changed.fire(undefined)));
    this.own(parts.disk.onDidChange((task) => this.#repaintSoon(this.#shown.changedOf(task))));
    this.own({
      dispose: () => {
        this.#stop.abort();
        clearTimeout(this.#timer);
      },
    });
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    return treeRow(node);
  }

  resolveTreeItem(_item: vscode.TreeItem, node: TreeNode): vscode.TreeItem {
    node.resolveTooltip();
    return treeRow(node);
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return node.parent;
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    const rows = node === undefined ? await this.#first() : await this.#below(node);
    this.#shown.keep(node, rows);
    return rows;
  }

  collapsed(node: TreeNode): void {
    this.#shown.forget(node);
  }

  visibilityChanged(isVisible: boolean): void {
    this.#shown.isVisible = isVisible;
  }

  /** Whether some row shows an age. */
  hasAges(): boolean {
    return !this.#shown.isEmpty;
  }

  repaintAges(): void {
    this.#repaintSoon(this.#shown.aged());
  }

  async #first(): Promise<TreeNode[]> {
    const { groups } = await this.#parts.list.arranged();
    const { grouping } = this.#parts.list;
    if (grouping !== "none") return groups.map((group) => new DownloadGroupNode(grouping, group));
    return this.#rows(undefined, groups[0]?.downloads ?? []);
  }

  async #below(node: TreeNode): Promise<TreeNode[]> {
    const isHolder = node instanceof DownloadGroupNode || node instanceof OlderDownloadsNode;
    return isHolder ? this.#rows(node, node.downloads) : [];
  }

  async #rows(
    parent: (TreeNode & DownloadHolder) | undefined,
    downloads: readonly ListedDownload[],
  ): Promise<TreeNode[]> {
    const row = (listed: ListedDownload): TreeNode =>
      new DownloadNode(listed, parent, this.#parts.disk.of(listed.record), parent?.saysContent ?? false);
    const rows = await mapInSlices(downloads.slice(0, rowsAtOnce), row, this.#stop.signal);
    const older = downloads.slice(rowsAtOnce);
    return older.length === 0 ? rows : [...rows, new OlderDownloadsNode(parent, older)];
  }

  #repaintSoon(rows: readonly TreeNode[]): void {
    for (const row of rows) this.#toRepaint.add(row);
    if (this.#toRepaint.size === 0) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const all = [...this.#toRepaint];
      this.#toRepaint.clear();
      this.#changed.fire(all);
    }, repaintMs);
  }
}
