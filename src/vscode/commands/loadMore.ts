import type { CommandDefinition } from "../commandRegistry.ts";
import { askAccount } from "../prompts/askAccount.ts";
import { accountReference } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Asks for the page of tasks after those that the tree shows. */
export function loadMore({
  accounts,
  tasks,
}: Pick<CommandParts, "accounts" | "tasks">): CommandDefinition<"taskExports.loadMore"> {
  return {
    argument: accountReference,
    async run({ accountId }) {
      const account = await askAccount(accounts, accountId);
      await tasks.loadMore(account.id);
      return undefined;
    },
  };
}
