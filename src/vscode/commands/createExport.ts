import { t } from "@vscode/l10n";
import type { Account } from "../../model/contract.ts";
import { isComplete } from "../../model/createRequest.ts";
import { noAccount } from "../../model/accountErrors.ts";
import type { TaskKey } from "../../model/taskKey.ts";
import { isInteractive } from "../commandCall.ts";
import type { CommandDefinition } from "../commandRegistry.ts";
import { askAndCreate } from "../creating/askAndCreate.ts";
import { showStarted } from "../creating/startedTask.ts";
import { oneOf } from "../prompts/askAccount.ts";
import { createRequest } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

export type CreateCommandParts = Pick<CommandParts, "accounts" | "tasks" | "view" | "creation">;

/** Creates an export task. Asks for what the request leaves out; a complete request asks nothing. */
export function createExport(parts: CreateCommandParts): CommandDefinition<"taskExports.createExport"> {
  return {
    argument: createRequest,
    async run(request, { about, caller }) {
      const account = await creatingAccount(parts, request.accountId);
      about({ accountId: account.id });
      const created = isComplete(request, account.service)
        ? await parts.creation.create({ ...request, accountId: account.id }, { signal: new AbortController().signal })
        : await askAndCreate(parts, account, { given: request, proposal: {} });
      if (isInteractive(caller)) await showCreated(parts, created);
      else await parts.tasks.refresh(account.id);
      return created;
    },
  };
}

export async function showCreated(parts: CreateCommandParts, task: TaskKey): Promise<void> {
  await showStarted(parts, task, t("Export task {0} created.", task.taskId));
}

/** The given account, or one of those whose service can create tasks. @throws ExportError `noAccount`, `cancelled` */
async function creatingAccount({ accounts, creation }: CreateCommandParts, accountId?: string): Promise<Account> {
  if (accountId !== undefined) return accounts.store.get(accountId);
  const candidates = accounts.store.list().filter((account) => creation.canCreate(account));
  if (candidates.length === 0) throw noAccount();
  return oneOf(accounts, candidates, t("Select the account to create an export task for"));
}
