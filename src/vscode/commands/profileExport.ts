import type { CommandDefinition } from "../commandRegistry.ts";
import { askExports, type ExportQuestionParts } from "../prompts/askExport.ts";
import { activeTable } from "../tableEditor/openTable.ts";
import { profileExportRequest } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Shows what the columns of a table contain: of the active table, of a file, or of the first file of a task. */
export function profileExport(
  parts: ExportQuestionParts & Pick<CommandParts, "tables">,
): CommandDefinition<"taskExports.profileExport"> {
  return {
    argument: profileExportRequest,
    async run({ columns, ...reference }) {
      const { editors } = await parts.tables.load();
      const isActive = Object.keys(reference).length === 0 && activeTable() !== undefined;
      const [uri] = isActive ? [] : await askExports(parts, reference);
      await editors.profile(uri, columns);
      return undefined;
    },
  };
}
