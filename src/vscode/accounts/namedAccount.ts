import { t } from "@vscode/l10n";
import { ambiguousAccount } from "../../model/accountErrors.ts";
import type { Account } from "../../model/contract.ts";
import { ExportError } from "../../model/exportError.ts";

/**
 * The account that a text means: its ID, or its name as a person sees it.
 *
 * @throws ExportError `noAccount` if there is none, or several of this name
 */
export function accountNamed(accounts: readonly Account[], idOrLabel: string): Account {
  const byId = accounts.find(({ id }) => id === idOrLabel);
  if (byId !== undefined) return byId;
  const [first, second] = accounts.filter(({ label }) => label === idOrLabel);
  if (second !== undefined) throw ambiguousAccount();
  if (first !== undefined) return first;
  throw new ExportError(
    "noAccount",
    t("There is no account named {0}. Check the name in the Tasks view, or add the account.", idOrLabel.slice(0, 100)),
  );
}
