import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { Account } from "../../../model/contract.ts";
import { tooltip } from "../../surfaces/surfaces.ts";
import { type RowArgument, TreeNode } from "./treeNode.ts";

export interface AccountFacts {
  /** The last refresh failed. */
  readonly hasError: boolean;
  /** Its service can create tasks. */
  readonly canCreate: boolean;
}

/** An account; its children are its tasks. */
export class AccountNode extends TreeNode {
  override readonly id: string;
  readonly accountId: string;
  readonly argument: RowArgument;
  override readonly contextValue: string;

  constructor(account: Account, serviceLabel: string, { hasError, canCreate }: AccountFacts) {
    super(account.label, undefined, vscode.TreeItemCollapsibleState.Expanded);
    this.id = `account/${account.id}`;
    this.accountId = account.id;
    this.argument = { accountId: account.id };
    this.contextValue = canCreate ? "account creates" : "account";
    this.description = serviceLabel;
    this.iconPath = hasError
      ? new vscode.ThemeIcon("warning", new vscode.ThemeColor("list.warningForeground"))
      : new vscode.ThemeIcon("account");
    this.tooltip = tooltip({ heading: account.label, lines: [serviceLabel, account.endpoint] });
    this.say(
      hasError
        ? t("Account {0}, {1}, the last refresh failed", account.label, serviceLabel)
        : t("Account {0}, {1}", account.label, serviceLabel),
    );
  }
}
