import type { ServiceRegistry } from "../../services/serviceRegistry.ts";
import type { AccountStore } from "../accounts/accountStore.ts";
import type { AccountTasks } from "./accountTasks.ts";

/** What is needed from the accounts. */
export interface ServicesAndAccounts {
  readonly services: Pick<ServiceRegistry, "onDidChange">;
  readonly store: Pick<AccountStore, "list">;
}

/**
 * Reloads the tasks of a service's accounts when the service is registered or removed, for example with the extension
 * that provides it. Lists that were never shown are not loaded, but the rows of their accounts change.
 */
export function reloadWithServices(
  { services, store }: ServicesAndAccounts,
  listOf: (accountId: string) => AccountTasks | undefined,
  changed: () => void,
): { dispose(): void } {
  return services.onDidChange((serviceId) => {
    const accounts = store.list().filter(({ service }) => service === serviceId);
    if (accounts.length === 0) return;
    for (const { id } of accounts) {
      const list = listOf(id);
      if (list?.wasAsked === true) void list.refresh();
    }
    changed();
  });
}
