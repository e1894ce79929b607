import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { AccountStore } from "../../accounts/accountStore.ts";
import { Owner } from "../../disposables.ts";
import type { DownloadHistory } from "../../downloads/downloadHistory.ts";
import { isNarrowed } from "../../downloads/list/downloadFilter.ts";
import { contextKeys, viewIds } from "../../ids.ts";
import { plainLine } from "../../surfaces/plainText.ts";
import { bytesInWords } from "../../wording.ts";
import { AgeRepaint } from "../ageRepaint.ts";
import { ContextKeySetter } from "../contextKeySetter.ts";
import { FileDrag } from "../fileDrag.ts";
import type { TreeNode } from "../nodes/treeNode.ts";
import type { DownloadsProvider, DownloadsProviderParts } from "./downloadsProvider.ts";
import { amountInWords, downloadGroupingInWords } from "./downloadWording.ts";

export interface DownloadsViewParts extends DownloadsProviderParts {
  readonly provider: DownloadsProvider;
  readonly history: DownloadHistory;
  readonly accounts: { readonly store: Pick<AccountStore, "onDidChange" | "onDidRename"> };
}

/** The Downloads view: its rows, what its title says, and its context key. */
export class DownloadsView extends Owner {
  readonly #parts: DownloadsViewParts;
  readonly #view: vscode.TreeView<TreeNode>;
  readonly #keys = new ContextKeySetter((key, value) => void vscode.commands.executeCommand("setContext", key, value));

  constructor(parts: DownloadsViewParts) {
    super();
    this.#parts = parts;
    const { list, disk, provider, accounts } = parts;
    this.#view = this.own(
      vscode.window.createTreeView(viewIds.downloads, {
        treeDataProvider: provider,
        showCollapseAll: true,
        canSelectMany: true,
        dragAndDropController: new FileDrag(parts.history),
      }),
    );
    const ages = this.own(
      new AgeRepaint({
        isVisible: () => this.#view.visible,
        hasAges: () => provider.hasAges(),
        repaintAges: () => provider.repaintAges(),
      }),
    );
    this.own(this.#view.onDidCollapseElement(({ element }) => provider.collapsed(element)));
    this.own(
      this.#view.onDidChangeVisibility(({ visible }) => {
        provider.visibilityChanged(visible);
        ages.visibilityChanged();
        void this.#showAmount();
      }),
    );
    this.own(list.onDidChange(() => this.#showState()));
    this.own(provider.onDidChangeTreeData(() => ages.plan()));
    this.own(accounts.store.onDidRename(() => list.changed()));
    this.own(accounts.store.onDidChange(() => list.changed()));
    this.own(
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (!focused || !this.#view.visible) return;
        disk.lookAgain();
        // Another window may have downloaded something.
        list.changed();
      }),
    );
    provider.visibilityChanged(this.#view.visible);
    this.#showState();
  }

  async show(): Promise<void> {
    await vscode.commands.executeCommand(`${viewIds.downloads}.focus`);
  }

  /** Looks again at the files that are shown. */
  lookAgain(): void {
    this.#parts.disk.lookAgain();
  }

  #showState(): void {
    this.#keys.set(contextKeys.downloadsFiltered, isNarrowed(this.#parts.list.filter));
    void this.#showAmount();
  }

  /** Only while somebody can see it: it reads everything that was ever downloaded. */
  async #showAmount(): Promise<void> {
    if (!this.#view.visible) return;
    const { list } = this.#parts;
    const { count, bytes, all } = await list.arranged();
    const { text = "" } = list.filter;
    const narrowed = isNarrowed(list.filter) ? [t("Filter: {0}", t("“{0}”", text))] : [];
    const grouped = list.grouping === "none" ? [] : [t("Group: {0}", downloadGroupingInWords(list.grouping))];
    // VS Code shows a message instead of the buttons of an empty view.
    this.#view.message = count === 0 ? "" : plainLine([...narrowed, ...grouped].join(" · "));
    const instead = all === 0 ? "" : plainLine(narrowed.join());
    this.#view.description = count === 0 ? instead : amountOf(count, bytes, all);
  }
}

function amountOf(count: number, bytes: number, all: number): string {
  return count === all ? amountInWords(count, bytes) : t("{0} of {1} files · {2}", count, all, bytesInWords(bytes));
}
