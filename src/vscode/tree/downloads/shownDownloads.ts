import type { TaskKey } from "../../../model/taskKey.ts";
import { isSameTask } from "../../../model/taskKey.ts";
import type { DiskStates } from "../../downloads/diskStates.ts";
import type { AgingRow } from "../agingRows.ts";
import type { TreeNode } from "../nodes/treeNode.ts";
import { DownloadNode } from "./downloadNode.ts";
import { DownloadGroupNode } from "./downloadGroupNode.ts";

/** The rows that VS Code was given, by the row above them. Only their files are looked at, and only while somebody can see them. */
export class ShownDownloads {
  readonly #disk: Pick<DiskStates, "of" | "showOnly">;
  readonly #rows = new Map<string, readonly TreeNode[]>();
  #isVisible = false;

  constructor(disk: Pick<DiskStates, "of" | "showOnly">) {
    this.#disk = disk;
  }

  set isVisible(isVisible: boolean) {
    this.#isVisible = isVisible;
    this.#look();
  }

  /** The first rows replace all others: VS Code asks again for those below expanded ones. */
  keep(parent: TreeNode | undefined, rows: readonly TreeNode[]): void {
    if (parent === undefined) this.#rows.clear();
    this.#rows.set(parent?.id ?? "", rows);
    this.#look();
  }

  /** The rows below a row are not shown anymore. */
  forget(parent: TreeNode): void {
    for (const row of this.#rows.get(parent.id) ?? []) this.forget(row);
    this.#rows.delete(parent.id);
    this.#look();
  }

  /** The rows of a task's files that are new to look at, because the disk has changed. */
  changedOf(task: TaskKey): TreeNode[] {
    return this.#downloads()
      .filter(({ listed: { record } }) => isSameTask(record, task))
      .filter((row) => row.update(this.#disk.of(row.listed.record)));
  }

  /** The rows whose age reads differently now. */
  aged(): TreeNode[] {
    return this.#all().filter((row) => isAging(row) && row.repaintAge());
  }

  get isEmpty(): boolean {
    return this.#all().length === 0;
  }

  #all(): TreeNode[] {
    return [...this.#rows.values()].flat();
  }

  #downloads(): DownloadNode[] {
    return this.#all().filter((row) => row instanceof DownloadNode);
  }

  #look(): void {
    this.#disk.showOnly(this.#isVisible ? this.#downloads().map(({ listed: { record } }) => record) : []);
  }
}

function isAging(row: TreeNode): row is TreeNode & AgingRow {
  return row instanceof DownloadNode || row instanceof DownloadGroupNode;
}
