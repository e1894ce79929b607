import type { CommandDefinition } from "../commandRegistry.ts";
import { openedAs } from "../opening/exportOpener.ts";
import { askExport, type ExportQuestionParts } from "../prompts/askExport.ts";
import { openReference } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Unpacks a gzip export into a file beside it, and opens that file. */
export function unpackExport(
  parts: ExportQuestionParts & Pick<CommandParts, "opener">,
): CommandDefinition<"taskExports.unpackExport"> {
  return {
    argument: openReference,
    async run({ uri, as, beside }) {
      await parts.opener.openUnpacked(await askExport(parts, uri), { as: openedAs(as), beside: beside ?? false });
      return undefined;
    },
  };
}
