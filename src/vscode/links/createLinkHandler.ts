import * as vscode from "vscode";
import type { Accounts } from "../accounts/accounts.ts";
import { downloadFolder } from "../downloads/downloadFolder.ts";
import { showError } from "../errors/showError.ts";
import type { Log } from "../log.ts";
import { oneOf } from "../prompts/askAccount.ts";
import { askInDialog, showInformation } from "../surfaces/surfaces.ts";
import type { TaskLists } from "../tasks/taskLists.ts";
import { LinkHandler } from "./linkHandler.ts";

/** What links are made of. */
export interface LinkParts {
  readonly accounts: Accounts;
  readonly tasks: TaskLists;
  readonly log: Log;
  /** The extension's own storage, which has the default download folder. */
  readonly ownStorage: string;
}

/** The handler of links, with VS Code's dialogs and our commands. */
export function createLinkHandler({ accounts, tasks, log, ownStorage }: LinkParts): LinkHandler {
  return new LinkHandler({
    accounts,
    tasks,
    log,
    folder: () => downloadFolder(undefined, ownStorage),
    pick: (candidates, placeholder) => oneOf(accounts, candidates, placeholder),
    confirm: async ({ question, detail, button }) => (await askInDialog(question, detail, button)) === button,
    run: (command, call) => void vscode.commands.executeCommand(command, call),
    tell: (sentence) => void showInformation(sentence),
    showError,
  });
}
