import { t } from "@vscode/l10n";
import type { AddAccountRequest, Credentials } from "../../model/contract.ts";
import { isInteractive } from "../commandCall.ts";
import type { CommandDefinition } from "../commandRegistry.ts";
import { askNewAccount } from "../prompts/askNewAccount.ts";
import { showInformation } from "../surfaces/surfaces.ts";
import { addAccountRequest } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Adds an account. Asks for what the request leaves out; a complete request asks nothing. */
export function addAccount({
  accounts,
  view,
}: Pick<CommandParts, "accounts" | "view">): CommandDefinition<"taskExports.addAccount"> {
  return {
    argument: addAccountRequest,
    async run(request, { caller }) {
      const whole = isWhole(request) ? request : await askNewAccount(accounts, request);
      const account = await accounts.add(whole, new AbortController().signal);
      if (isInteractive(caller)) {
        await view.revealAccount(account.id);
        void showInformation(t("Account {0} added.", account.label));
      }
      return { accountId: account.id };
    },
  };
}

function isWhole(request: Partial<AddAccountRequest>): request is AddAccountRequest & { credentials: Credentials } {
  return request.service !== undefined && request.label !== undefined && request.credentials !== undefined;
}
