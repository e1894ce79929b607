import type { Redactor } from "../../model/redact.ts";
import type { Accounts } from "../accounts/accounts.ts";
import { TaskOrigins } from "../downloads/taskOrigins.ts";
import type { TaskLists } from "./taskLists.ts";

/** What downloaded files came from, as the accounts and their lists of tasks know it. */
export function createOrigins(accounts: Accounts, tasks: TaskLists, redactor: Redactor): TaskOrigins {
  return new TaskOrigins({
    accountLabels: () => new Map(accounts.store.list().map(({ id, label }) => [id, label])),
    find: ({ accountId, taskId }) => tasks.find(accountId, taskId),
    ask: ({ accountId, taskId }) => accounts.getTask(accountId, taskId, { signal: new AbortController().signal }),
    redact: (text) => redactor.redact(text),
  });
}
