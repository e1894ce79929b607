import type { CommandDefinition } from "../commandRegistry.ts";
import { askExport } from "../prompts/askExport.ts";
import { readSetting } from "../settings.ts";
import { openReference } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Opens a downloaded export in an editor tab. */
export function openExport({
  history,
  opener,
}: Pick<CommandParts, "history" | "opener">): CommandDefinition<"taskExports.openExport"> {
  return {
    argument: openReference,
    async run({ uri, beside }) {
      await opener.open(await askExport(history, uri), { beside: beside ?? readSetting("openBeside") });
      return undefined;
    },
  };
}
