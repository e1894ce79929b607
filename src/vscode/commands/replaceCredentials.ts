import { t } from "@vscode/l10n";
import type { Account } from "../../model/contract.ts";
import type { Accounts } from "../accounts/accounts.ts";
import { isInteractive } from "../commandCall.ts";
import type { CommandDefinition } from "../commandRegistry.ts";
import { askAccount } from "../prompts/askAccount.ts";
import { CredentialQuestions } from "../prompts/askCredentials.ts";
import { askUrl } from "../prompts/askUrl.ts";
import { needsTokenUrl } from "../prompts/tokenUrl.ts";
import { back, type Step, walkSteps } from "../prompts/walkSteps.ts";
import { showInformation } from "../surfaces/surfaces.ts";
import { replaceReference } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Replaces the credentials of an account after the service has accepted the new ones. */
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
      await askAndReplace(accounts, account);
      if (isInteractive(caller)) void showInformation(t("Credentials of {0} replaced.", account.label));
      return undefined;
    },
  };
}

async function askAndReplace(accounts: Accounts, account: Account): Promise<void> {
  const service = accounts.services.get(account.service);
  let draft = account;
  const questions = new CredentialQuestions(service, (candidate, signal) =>
    accounts.checkDraft(draft, candidate, { signal }),
  );
  // An account that had an access token was added without this URL.
  const askTokenUrl: Step = async (place) => {
    const loginEndpoint = await askUrl(t("Token URL"), draft.loginEndpoint ?? "", place);
    if (loginEndpoint === back) return back;
    draft = { ...draft, loginEndpoint };
    return undefined;
  };
  await walkSteps(t("Replace Credentials of {0}", account.label), () => [
    ...questions.methodSteps(),
    ...(needsTokenUrl(service, account.endpoint, questions.kind) ? [askTokenUrl] : []),
    ...questions.fieldSteps(),
  ]);
  await accounts.store.replaceCredentials(account.id, questions.answer, draft.loginEndpoint);
}
