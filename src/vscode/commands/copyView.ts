import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { ExportError } from "../../model/exportError.ts";
import { exportSourceOf } from "../../query/host/exportSourceOf.ts";
import { withSignal } from "../cancellation.ts";
import { isInteractive } from "../commandCall.ts";
import type { CommandDefinition } from "../commandRegistry.ts";
import { showInformation, withProgress } from "../surfaces/surfaces.ts";
import { nothing } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

type Parts = Pick<CommandParts, "tables">;

/** Copies all that the active table shows, as text with tabs, which other programs paste as cells. */
export function copyView({ tables }: Parts): CommandDefinition<"taskExports.table.copyView"> {
  return {
    argument: nothing,
    async run(_argument, { caller }) {
      const table = (await tables.load()).editors.active();
      const taken = await withProgress({ title: t("Copying the view") }, (_report, token) =>
        withSignal({ token }, (signal) => table.takeAll(signal)),
      );
      if (taken.kind === "tooLarge") throw tooLarge(taken.limitBytes);
      await vscode.env.clipboard.writeText(taken.text);
      if (isInteractive(caller)) void showInformation(t("{0} rows copied.", taken.rows));
      return undefined;
    },
  };
}

/** Copies a statement that answers what the active table shows. */
export function copyViewSql({ tables }: Parts): CommandDefinition<"taskExports.table.copyViewSql"> {
  return {
    argument: nothing,
    async run(_argument, { caller }) {
      const { editors, engine } = await tables.load();
      const table = editors.active();
      const { columns, sort, filter } = await table.shown();
      const sql = await withProgress({ title: t("Writing the SQL of the view") }, (_report, token) =>
        withSignal({ token }, async (signal) => {
          const source = await exportSourceOf(table.document.file, signal);
          return engine.viewSql({ source, columns, sort, filter }, { signal });
        }),
      );
      await vscode.env.clipboard.writeText(sql);
      if (isInteractive(caller)) void showInformation(t("SQL copied. Paste it into a query of this export."));
      return sql;
    },
  };
}

function tooLarge(limitBytes: number): ExportError {
  const message = t(
    "The view has more than {0} MiB of text, too much for the clipboard. Save it to a file with the command Save View As….",
    limitBytes / (1024 * 1024),
  );
  return new ExportError("invalidRequest", message);
}
