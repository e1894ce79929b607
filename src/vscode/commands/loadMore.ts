import { isInteractive } from "../commandCall.ts";
import type { CommandDefinition } from "../commandRegistry.ts";
import { askAccount } from "../prompts/askAccount.ts";
import { accountReference } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/**
 * Shows more tasks of an account: those that are loaded already, or else the next page. The row that a person selected is
 * gone then, so the first new one is selected.
 */
export function loadMore({
  accounts,
  tasks,
  view,
}: Pick<CommandParts, "accounts" | "tasks" | "view">): CommandDefinition<"taskExports.loadMore"> {
  return {
    argument: accountReference,
    async run({ accountId }, { caller }) {
      const account = await askAccount(accounts, accountId);
      const before = await view.shownTasks(account.id);
      if (!(await view.showMore(account.id))) await tasks.loadMore(account.id);
      if (isInteractive(caller)) await view.selectFirstNew(account.id, before);
      return undefined;
    },
  };
}
