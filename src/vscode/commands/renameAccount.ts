import { t } from "@vscode/l10n";
import { invalidArgument } from "../../model/accountErrors.ts";
import { cancelled } from "../../model/exportError.ts";
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
      const wanted = (label ?? (await askLabel(account.label))).trim();
      if (wanted === "") throw invalidArgument(t("An account needs a name. Enter one."));
      await accounts.store.rename(account.id, wanted);
      return undefined;
    },
  };
}

async function askLabel(value: string): Promise<string> {
  const problem = (text: string): string | undefined => (text.trim() === "" ? t("Enter a name.") : undefined);
  const answer = await askText({ prompt: t("Account name in the Tasks view"), value, problem }, {});
  if (answer === back) throw cancelled();
  return answer;
}
