import * as vscode from "vscode";
import type { GridCommand } from "../../webview/table/messages.ts";
import { nothing } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** A command of the active table: it takes and answers nothing. */
interface TableCommand {
  readonly argument: typeof nothing;
  run(): Promise<undefined>;
}

/** A command that the grid of the active table carries out. */
export function sendToTable({ tables }: Pick<CommandParts, "tables">, command: GridCommand): TableCommand {
  return {
    argument: nothing,
    async run() {
      const { editors } = await tables.load();
      editors.send(command);
      return undefined;
    },
  };
}

/** Opens what the active table shows in the text editor. */
export function openAsText({ tables, opener }: Pick<CommandParts, "tables" | "opener">): TableCommand {
  return {
    argument: nothing,
    async run() {
      const { editors } = await tables.load();
      const shown = editors.activeFile();
      // What lies elsewhere than on this machine is for VS Code alone to read.
      if (shown.scheme === "file") await opener.open(shown, { as: "text", beside: false });
      else await vscode.commands.executeCommand("vscode.openWith", shown, "default", { preview: false });
      return undefined;
    },
  };
}
