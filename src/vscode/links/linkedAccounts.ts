import { noAccount, noAccountOf, notATaskId } from "../../model/accountErrors.ts";
import type { Account } from "../../model/contract.ts";
import type { ServiceRegistry } from "../../services/serviceRegistry.ts";
import { namedAccount, type TaskLink } from "./taskLink.ts";

/** The accounts, as needed by links. */
export interface LinkAccounts {
  readonly store: { list(): Account[] };
  readonly services: Pick<ServiceRegistry, "get" | "has">;
  candidatesFor(accountId: undefined, taskId: string): Account[];
}

/** The accounts of this computer that a link can mean. */
export interface LinkedAccounts {
  readonly candidates: readonly Account[];
  /** Whether the link names one of them. Otherwise, a person has to know that another account is used. */
  readonly isNamed: boolean;
}

/**
 * Finds the accounts that a link can mean. A link of this computer can contain an ID. A link of somebody else names the
 * service and their own name for the account; if no account here has this name, those of the service count.
 *
 * @throws ExportError `noAccount` if the service has no account, `invalidRequest` if it has no such tasks or is unknown
 */
export function linkedAccounts(accounts: LinkAccounts, { account, taskId }: TaskLink): LinkedAccounts {
  const own = accounts.store.list().find(({ id }) => id === account);
  if (own !== undefined) return { candidates: withSuchTasks(accounts, [own], taskId), isNamed: true };
  const named = namedAccount(account);
  if (named === undefined) {
    const candidates = accounts.candidatesFor(undefined, taskId);
    if (candidates.length === 0) throw noAccount();
    return { candidates: withSuchTasks(accounts, candidates, taskId), isNamed: false };
  }
  const service = accounts.services.get(named.service);
  const ofService = accounts.store.list().filter((each) => each.service === service.id);
  if (ofService.length === 0) throw noAccountOf(service.label);
  const candidates = withSuchTasks(accounts, ofService, taskId);
  const sameName = candidates.filter(({ label }) => label === named.label);
  return sameName.length === 0 ? { candidates, isNamed: false } : { candidates: sameName, isNamed: true };
}

/** A service also finds an ID within longer text. But what a person confirms must be what is requested. */
function withSuchTasks({ services }: LinkAccounts, candidates: readonly Account[], taskId: string): readonly Account[] {
  const fitting = candidates.filter(
    ({ service }) => services.has(service) && services.get(service).findTaskId(taskId) === taskId,
  );
  if (fitting.length === 0) throw notATaskId(taskId);
  return fitting;
}
