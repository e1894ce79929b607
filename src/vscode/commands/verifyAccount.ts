import { t } from "@vscode/l10n";
import { ExportError } from "../../model/exportError.ts";
import { withSignal } from "../cancellation.ts";
import { isInteractive } from "../commandCall.ts";
import type { CommandDefinition } from "../commandRegistry.ts";
import { askAccount } from "../prompts/askAccount.ts";
import { showInformation, withProgress } from "../surfaces/surfaces.ts";
import { accountReference } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Asks the service whether an account's credentials still work. */
export function verifyAccount({
  accounts,
}: Pick<CommandParts, "accounts">): CommandDefinition<"taskExports.verifyAccount"> {
  return {
    argument: accountReference,
    async run({ accountId }, { caller, about }) {
      const account = await askAccount(accounts, accountId);
      about({ accountId: account.id });
      const message = t("The credentials of {0} are valid.", account.label);
      try {
        await withProgress({ title: t("Verifying {0}…", account.label) }, (_report, token) =>
          withSignal({ token }, (signal) => accounts.verify(account.id, { signal })),
        );
      } catch (error) {
        // For a program, rejected credentials are a result. A person sees them as an error, with its buttons.
        if (isInteractive(caller) || !(error instanceof ExportError) || error.code === "cancelled") throw error;
        return { ok: false, message: error.message };
      }
      if (isInteractive(caller)) void showInformation(message);
      return { ok: true, message };
    },
  };
}
