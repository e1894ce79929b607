import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { AddAccountRequest, Credentials } from "../../model/contract.ts";
import { isInteractive } from "../commandCall.ts";
import type { CommandDefinition } from "../commandRegistry.ts";
import { askNewAccount } from "../prompts/askNewAccount.ts";
import { addAccountRequest } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Adds an account. Asks for what the request leaves open; a whole request asks nothing. */
export function addAccount({ accounts }: Pick<CommandParts, "accounts">): CommandDefinition<"taskExports.addAccount"> {
  return {
    argument: addAccountRequest,
    async run(request, { caller }) {
      const whole = isWhole(request) ? request : await askNewAccount(accounts, request);
      const account = await accounts.add(whole, new AbortController().signal);
      if (isInteractive(caller))
        void vscode.window.showInformationMessage(t("{0} was added. Its tasks are in the Tasks view.", account.label));
      return { accountId: account.id };
    },
  };
}

function isWhole(request: Partial<AddAccountRequest>): request is AddAccountRequest & { credentials: Credentials } {
  return request.service !== undefined && request.label !== undefined && request.credentials !== undefined;
}
