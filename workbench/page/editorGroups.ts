import type { Locator } from "playwright-core";
import { comes } from "./comes.ts";
import type { Workbench } from "./workbench.ts";

const activeLimitMs = 3000;
const activeTries = 6;

/** A tab while commands go to it. */
function activeTab({ page }: Workbench, name: string, group: number): Locator {
  const place = page.locator(".editor-group-container").nth(group - 1);
  return place.and(page.locator(".active")).locator(".tab.active", { hasText: name });
}

/**
 * Does what makes a tab the active one, such as a click into its table, and waits until commands go to it. VS Code looks
 * every 50 ms which webview has the focus. On a busy machine, it misses a focus that was away for a shorter time. A person
 * then does it again.
 *
 * @param act also takes the focus away from the tab, because otherwise nothing changes when it is repeated
 */
export async function activateTab(
  workbench: Workbench,
  name: string,
  group: number,
  act: () => Promise<void>,
): Promise<void> {
  for (let tries = 1; ; tries++) {
    await act();
    if (await comes(activeTab(workbench, name, group), activeLimitMs)) return;
    if (tries === activeTries) throw new Error(`${name} in group ${group} did not become the active tab.`);
  }
}

/** Makes a tab the active one with a click on it, and then clicks into its table. */
export function clickInTab(workbench: Workbench, name: string, group: number, target: Locator): Promise<void> {
  return activateTab(workbench, name, group, async () => {
    await workbench.tab(name, group).click();
    await activeTab(workbench, name, group).waitFor();
    await target.click();
  });
}
