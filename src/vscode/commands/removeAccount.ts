import { t } from "@vscode/l10n";
import { isInteractive } from "../commandCall.ts";
import type { CommandDefinition } from "../commandRegistry.ts";
import { askAccount } from "../prompts/askAccount.ts";
import { confirm } from "../prompts/confirm.ts";
import { accountReference } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Removes an account, its credentials, and its running downloads. Downloaded files are kept. */
export function removeAccount({
  accounts,
}: Pick<CommandParts, "accounts">): CommandDefinition<"taskExports.removeAccount"> {
  return {
    argument: accountReference,
    async run({ accountId }, { caller }) {
      const account = await askAccount(accounts, accountId);
      if (isInteractive(caller)) {
        const detail = t("Its credentials are deleted from this machine. Downloaded files are kept.");
        await confirm(t("Remove account {0}?", account.label), detail, t("Remove"));
      }
      await accounts.store.remove(account.id);
      return undefined;
    },
  };
}
