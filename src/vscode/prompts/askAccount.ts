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
export async function askAccount(accounts: Accounts, accountId?: string): Promise<Account> {
  return oneOf(accounts, accounts.candidatesFor(accountId, undefined), t("Select an account"));
}

/** Selects one of some accounts. Asks only if there are several. @throws ExportError `noAccount`, `cancelled` */
export async function oneOf(accounts: Accounts, candidates: readonly Account[], placeholder: string): Promise<Account> {
  const [first] = candidates;
  if (first === undefined) throw noAccount();
  if (candidates.length === 1) return first;
  const choices = candidates.map((account) => ({
    label: account.label,
    description: accounts.serviceLabel(account),
    detail: new URL(account.endpoint).host,
    value: account,
  }));
  const chosen = await askChoice({ placeholder, choices }, {});
  if (chosen === back) throw cancelled();
  return chosen;
}
