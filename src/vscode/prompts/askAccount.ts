import { t } from "@vscode/l10n";
import { noAccount } from "../../model/accountErrors.ts";
import { cancelled } from "../../model/exportError.ts";
import type { Account } from "../../model/contract.ts";
import type { Accounts } from "../accounts/accounts.ts";
import { askChoice } from "./steps.ts";
import { back } from "./walkSteps.ts";

/**
 * The account to work with. Asks only if there are several to choose from.
 *
 * @throws ExportError `noAccount` if there is none, `cancelled`
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
  const chosen = await askChoice({ placeholder: t("Select an account"), choices }, {});
  if (chosen === back) throw cancelled();
  return chosen;
}
