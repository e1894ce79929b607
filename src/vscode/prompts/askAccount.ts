import { t } from "@vscode/l10n";
import { noAccount } from "../../model/accountErrors.ts";
import { cancelled } from "../../model/exportError.ts";
import type { Account } from "../../model/contract.ts";
import type { Accounts } from "../accounts/accounts.ts";
import { askChoice, back } from "./steps.ts";

/**
 * The account to work with: asks only when several could be meant.
 *
 * @throws ExportError `noAccount` when there is none, `cancelled` when the person chose none
 */
export async function askAccount(accounts: Accounts, accountId?: string, taskId?: string): Promise<Account> {
  const candidates = accounts.candidatesFor(accountId, taskId);
  const [first] = candidates;
  if (first === undefined) throw noAccount();
  if (candidates.length === 1) return first;
  const choices = candidates.map((account) => ({
    label: account.label,
    description: accounts.serviceLabel(account),
    detail: new URL(account.endpoint).host,
    value: account,
  }));
  const chosen = await askChoice({ placeholder: t("Choose the account"), choices }, {});
  if (chosen === back) throw cancelled();
  return chosen;
}
