import { t } from "@vscode/l10n";
import { isInteractive } from "../commandCall.ts";
import type { CommandDefinition } from "../commandRegistry.ts";
import { askAccount } from "../prompts/askAccount.ts";
import { confirm } from "../prompts/confirm.ts";
import { accountReference } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Removes an account, its secret and its running downloads. Files that were downloaded stay. */
export function removeAccount({
  accounts,
}: Pick<CommandParts, "accounts">): CommandDefinition<"taskExports.removeAccount"> {
  return {
    argument: accountReference,
    async run({ accountId }, { caller }) {
      const account = await askAccount(accounts, accountId);
      if (isInteractive(caller)) {
        const detail = t(
          "Its credentials are deleted from this machine. Files that were downloaded stay where they are.",
        );
        await confirm(t("Remove the account {0}?", account.label), detail, t("Remove"));
      }
      await accounts.store.remove(account.id);
      return undefined;
    },
  };
}
