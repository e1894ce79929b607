import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { isInteractive } from "../commandCall.ts";
import type { CommandDefinition } from "../commandRegistry.ts";
import { askAccount } from "../prompts/askAccount.ts";
import { CredentialQuestions } from "../prompts/askCredentials.ts";
import { walkSteps } from "../prompts/steps.ts";
import { replaceReference } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Puts other credentials in an account's place, once the service has accepted them. */
export function replaceCredentials({
  accounts,
}: Pick<CommandParts, "accounts">): CommandDefinition<"taskExports.replaceCredentials"> {
  return {
    argument: replaceReference,
    async run({ accountId, credentials }, { caller, about }) {
      const account = await askAccount(accounts, accountId);
      about({ accountId: account.id });
      if (credentials !== undefined) {
        await accounts.replaceCredentials(account.id, credentials, new AbortController().signal);
        return undefined;
      }
      const questions = new CredentialQuestions(accounts.services.get(account.service), (candidate, signal) =>
        accounts.checkDraft(account, candidate, { signal }),
      );
      await walkSteps(t("Replace Credentials of {0}", account.label), () => questions.steps());
      await accounts.store.replaceCredentials(account.id, questions.answer);
      if (isInteractive(caller))
        void vscode.window.showInformationMessage(t("The credentials of {0} were replaced.", account.label));
      return undefined;
    },
  };
}
