import * as vscode from "vscode";
import { type CommandDefinitions, CommandRegistry } from "./commandRegistry.ts";
import type { CommandId } from "./ids.ts";
import { showError } from "./errors/showError.ts";
import type { Log } from "./log.ts";

/** Registers the commands with VS Code. No other file calls `registerCommand`. */
export function registerCommands(
  ids: readonly CommandId[],
  load: () => Promise<CommandDefinitions>,
  log: Log,
): CommandRegistry {
  return new CommandRegistry(ids, load, {
    log,
    showError,
    register: (id, handler) => vscode.commands.registerCommand(id, handler),
    isUri: (value) => value instanceof vscode.Uri,
  });
}
