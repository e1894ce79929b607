import type { CommandDefinition } from "../commandRegistry.ts";
import { nothing } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Shows the log channel. */
export function showLog({ log }: Pick<CommandParts, "log">): CommandDefinition<"taskExports.showLog"> {
  return {
    argument: nothing,
    run() {
      log.show();
      return Promise.resolve(undefined);
    },
  };
}
