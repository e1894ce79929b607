import type { ServiceRegistry } from "../../services/serviceRegistry.ts";
import type { AccountStore } from "../accounts/accountStore.ts";
import type { AccountTasks } from "./accountTasks.ts";

/** What has to be known of the accounts. */
export interface ServicesAndAccounts {
  readonly services: Pick<ServiceRegistry, "onDidChange">;
  readonly store: Pick<AccountStore, "list">;
}

/**
 * Asks a service's accounts again when the service comes or goes, as it does with the extension that brings it. Lists
 * that nobody has looked at are not asked, but their accounts' rows change all the same.
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
