import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "playwright-core";

const limitMs = 10_000;
const pollMs = 50;

/** Forgets what was copied before, so that it isn't taken for what is copied next. */
export async function clearCopied(page: Page): Promise<void> {
  await page.evaluate("navigator.clipboard.writeText('')");
}

/**
 * Waits until something is copied, and returns it. A page can't be asked to wait for it: its clipboard answers with a
 * promise, which `waitForFunction` takes for true.
 */
export async function waitForCopied(page: Page): Promise<string> {
  for (let waitedMs = 0; waitedMs < limitMs; waitedMs += pollMs) {
    const text = await page.evaluate<string>("navigator.clipboard.readText()");
    if (text !== "") return text;
    await sleep(pollMs);
  }
  throw new Error("Nothing was copied.");
}
