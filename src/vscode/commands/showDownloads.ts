import type { CommandDefinition } from "../commandRegistry.ts";
import { nothing } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Shows the view with everything that was downloaded. */
export function showDownloads({
  downloadsView,
}: Pick<CommandParts, "downloadsView">): CommandDefinition<"taskExports.showDownloads"> {
  return {
    argument: nothing,
    async run() {
      await downloadsView.show();
      return undefined;
    },
  };
}
