import { t } from "@vscode/l10n";
import { withSignal } from "../cancellation.ts";
import type { CommandDefinition } from "../commandRegistry.ts";
import type { UriLike } from "../ids.ts";
import { askFilter, askSort } from "../prompts/askArrangement.ts";
import { withProgress } from "../surfaces/surfaces.ts";
import type { TablePanel } from "../tableEditor/tablePanel.ts";
import { toUri } from "../uris.ts";
import { filterExportRequest, sortExportRequest } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

type Parts = Pick<CommandParts, "tables">;

/** Sorts the rows of a table. */
export function sortExport(parts: Parts): CommandDefinition<"taskExports.sortExport"> {
  return {
    argument: sortExportRequest,
    async run({ uri, sort: given }) {
      const table = await tableOf(parts, uri);
      table.checkArranging();
      const sort = given ?? (await askSort(await table.columns(), table.arrangement.sort));
      await arrange(table, { sort });
      return undefined;
    },
  };
}

/** Shows only the rows of a table that pass a filter. */
export function filterExport(parts: Parts): CommandDefinition<"taskExports.filterExport"> {
  return {
    argument: filterExportRequest,
    async run({ uri, filter: given }) {
      const table = await tableOf(parts, uri);
      table.checkArranging();
      const filter = given === undefined ? await askFilter(await table.columns(), table.arrangement.filter) : given;
      await arrange(table, { filter });
      return undefined;
    },
  };
}

/** The active table, or the one of a file, which is opened if necessary. */
async function tableOf({ tables }: Parts, uri: UriLike | undefined): Promise<TablePanel> {
  const { editors } = await tables.load();
  return uri === undefined ? editors.active() : editors.tableOf(toUri(uri));
}

async function arrange(table: TablePanel, change: Parameters<TablePanel["arrange"]>[0]): Promise<void> {
  await withProgress({ title: t("Sorting and filtering") }, (_report, token) =>
    withSignal({ token }, (signal) => table.arrange(change, signal)),
  );
}
