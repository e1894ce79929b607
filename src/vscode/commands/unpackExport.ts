import type { CommandDefinition } from "../commandRegistry.ts";
import { openedAs } from "../opening/exportOpener.ts";
import { askExport } from "../prompts/askExport.ts";
import { openReference } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Unpacks a gzip export beside itself and opens what was inside. */
export function unpackExport({
  history,
  opener,
}: Pick<CommandParts, "history" | "opener">): CommandDefinition<"taskExports.unpackExport"> {
  return {
    argument: openReference,
    async run({ uri, as, beside }) {
      await opener.openUnpacked(await askExport(history, uri), { as: openedAs(as), beside: beside ?? false });
      return undefined;
    },
  };
}
