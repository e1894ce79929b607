import * as vscode from "vscode";
import { type CommandDefinitions, CommandRegistry } from "./commandRegistry.ts";
import { showError } from "./errors/showError.ts";
import type { Log } from "./log.ts";

/** Registers the commands with VS Code. No other file calls `registerCommand`. */
export function registerCommands(definitions: CommandDefinitions, log: Log): CommandRegistry {
  return new CommandRegistry(definitions, {
    log,
    showError,
    register: (id, handler) => vscode.commands.registerCommand(id, handler),
    isUri: (value) => value instanceof vscode.Uri,
  });
}
