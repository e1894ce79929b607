import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "playwright-core";
import * as v from "valibot";

const lookAgainMs = 100;
/** VS Code writes its own state every 5 s while its window has the focus. */
const storeLimitMs = 30_000;

/** The prefix of VS Code's databases in its page, one for all folders and one for the open folder. */
const databasePrefix = "vscode-web-state-db";

const recordShape = v.object({ key: v.optional(v.unknown()), value: v.optional(v.unknown()) });
const databaseShape = v.object({
  name: v.string(),
  stores: v.array(v.object({ records: v.array(recordShape) })),
});
/** The databases of a page, which Playwright returns but does not declare. */
const originShape = v.object({ indexedDB: v.optional(v.array(databaseShape), []) });

/**
 * Waits until VS Code has written a value with these texts. What it has not written is lost when its page is reloaded.
 *
 * @param key the value's name in VS Code's store: the ID of an extension, or `memento/` and the name of a part of VS Code
 */
export async function waitUntilStored(page: Page, key: string, texts: readonly string[]): Promise<void> {
  const limit = performance.now() + storeLimitMs;
  let missing = texts;
  while (missing.length > 0) {
    if (performance.now() > limit) throw new Error(`VS Code did not store ${missing.join(", ")} in ${key}.`);
    await sleep(lookAgainMs);
    const stored = await storedText(page, key);
    missing = texts.filter((text) => !stored.includes(text));
  }
}

/** The values of this name in all databases of VS Code, one after the other. */
async function storedText(page: Page, key: string): Promise<string> {
  const { origins } = await page.context().storageState({ indexedDB: true });
  const databases = origins.flatMap((origin) => v.parse(originShape, origin).indexedDB);
  return databases
    .filter(({ name }) => name.startsWith(databasePrefix))
    .flatMap(({ stores }) => stores.flatMap(({ records }) => records))
    .filter((record) => record.key === key)
    .map(({ value }) => String(value))
    .join("\n");
}
