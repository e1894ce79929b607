import type { CommandDefinition } from "../commandRegistry.ts";
import { accountReference } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Asks the services again, for one account or all. Failures show in the tree. */
export function refresh({ tasks }: Pick<CommandParts, "tasks">): CommandDefinition<"taskExports.refresh"> {
  return {
    argument: accountReference,
    async run({ accountId }) {
      await tasks.refresh(accountId);
      return undefined;
    },
  };
}
