import type { Account } from "../../model/contract.ts";
import { accountNamed } from "../accounts/namedAccount.ts";
import type { ToolAccounts } from "./listTasksTool.ts";
import { type InputOf, optionalText, requiredText } from "./toolInput.ts";

/** How a model names a task: by its ID, and by its account's name if several accounts could have it. */
export const taskFields = { task: requiredText(200), account: optionalText(200) };

/** @throws ExportError `noAccount`, `invalidRequest` if several accounts could be meant */
export function accountOfTask(accounts: ToolAccounts, { task, account }: InputOf<typeof taskFields>): Account {
  return accounts.only(account === undefined ? undefined : accountNamed(accounts.store.list(), account).id, task);
}
