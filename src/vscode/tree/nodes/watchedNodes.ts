import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { tooltip } from "../../surfaces/surfaces.ts";
import { isWatchedTask, type WatchCheck, type Watched, watchKey } from "../../watching/watched.ts";
import { problemInWords, watchedName, watchInWords } from "../../watching/watchWording.ts";
import { momentInWords } from "../../wording.ts";
import { stateIcons } from "./taskNode.ts";
import { type RowArgument, TreeNode } from "./treeNode.ts";

/** The first row of the view, while something is watched; its children say what. */
export class WatchedNode extends TreeNode {
  override readonly id = "watched";
  override readonly contextValue = "watchedList";
  readonly argument = {};

  constructor() {
    super(t("Watched"), undefined, vscode.TreeItemCollapsibleState.Expanded);
    this.iconPath = new vscode.ThemeIcon("eye");
  }

  count(entries: number): void {
    this.description = String(entries);
    this.say(entries === 1 ? t("Watched, 1 entry") : t("Watched, {0} entries", entries));
  }
}

/** How a watched task or kind is, besides what its entry says. */
export interface WatchFacts {
  readonly check: WatchCheck;
  readonly isDownloading: boolean;
  /** Of the account. Undefined if this window doesn't know it. */
  readonly accountLabel: string | undefined;
}

/** A watched task or kind. */
export class WatchedEntryNode extends TreeNode {
  override readonly id: string;
  readonly argument: RowArgument;

  constructor(entry: Watched, parent: WatchedNode, facts: WatchFacts) {
    // The row above says that it is watched, and the icon that it is a kind: a narrow view has room for few words.
    super(isWatchedTask(entry) ? watchedName(entry) : entry.label, parent);
    const { accountId } = entry;
    this.id = `watched/${watchKey(entry)}`;
    this.contextValue = isWatchedTask(entry) ? "watchedTask" : "watchedKind";
    this.argument = isWatchedTask(entry) ? { accountId, taskId: entry.taskId } : { accountId, kind: watchKey(entry) };
    const words = watchInWords(entry, facts.check, facts.isDownloading);
    // The ID is in the tooltip: a narrow view would show nothing else.
    this.description = words;
    this.iconPath = iconOf(entry, facts);
    this.tooltip = tooltip({
      heading: watchedName(entry),
      lines: [words],
      entries: [
        ...(isWatchedTask(entry) ? [[t("Task ID"), entry.taskId] as const] : []),
        ...(facts.accountLabel === undefined ? [] : [[t("Account"), facts.accountLabel] as const]),
        [t("Watched since"), momentInWords(entry.since)],
      ],
    });
    this.say(`${watchedName(entry)}, ${words}`);
  }
}

function iconOf(entry: Watched, { check, isDownloading }: WatchFacts): vscode.ThemeIcon {
  if (isDownloading) return new vscode.ThemeIcon("loading~spin");
  if (problemInWords(entry, check) !== undefined) {
    return new vscode.ThemeIcon("warning", new vscode.ThemeColor("list.warningForeground"));
  }
  return isWatchedTask(entry) ? stateIcons[entry.state] : new vscode.ThemeIcon("layers");
}
