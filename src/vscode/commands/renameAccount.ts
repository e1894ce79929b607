import { t } from "@vscode/l10n";
import { cancelled } from "../../model/exportError.ts";
import { requireLabel } from "../accounts/accounts.ts";
import type { CommandDefinition } from "../commandRegistry.ts";
import { askAccount } from "../prompts/askAccount.ts";
import { askText } from "../prompts/steps.ts";
import { back } from "../prompts/walkSteps.ts";
import { renameReference } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Renames an account. */
export function renameAccount({
  accounts,
}: Pick<CommandParts, "accounts">): CommandDefinition<"taskExports.renameAccount"> {
  return {
    argument: renameReference,
    async run({ accountId, label }) {
      const account = await askAccount(accounts, accountId);
      await accounts.store.rename(account.id, requireLabel(label ?? (await askLabel(account.label))));
      return undefined;
    },
  };
}

async function askLabel(value: string): Promise<string> {
  const problem = (text: string): string | undefined => (text.trim() === "" ? t("Enter a name.") : undefined);
  const answer = await askText(
    { prompt: t("Account name in the Tasks view"), value, problem },
    { title: t("Rename Account") },
  );
  if (answer === back) throw cancelled();
  return answer;
}
