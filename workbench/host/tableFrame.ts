import { setTimeout as sleep } from "node:timers/promises";
import type { Frame, Page } from "playwright-core";

/** The first content of the table editor: rows, or a state if the file has none. */
export type Painted = "rows" | "problem";

const pollMs = 20;
const limitMs = 30_000;

/** Waits until the visible table has painted, and returns its frame. A webview's page is a frame within a frame. */
export async function paintedTable(page: Page, painted: readonly Painted[]): Promise<Frame> {
  const until = Date.now() + limitMs;
  for (;;) {
    for (const frame of page.frames()) {
      if (await isTable(frame, painted)) return frame;
    }
    if (Date.now() > until) throw new Error(`No table is in view that has painted its ${painted.join(" or ")}.`);
    await sleep(pollMs);
  }
}

/** The frames of all visible tables that have painted. */
export async function paintedTables(page: Page, painted: readonly Painted[]): Promise<Frame[]> {
  const frames = page.frames();
  const found = await Promise.all(frames.map((frame) => isTable(frame, painted)));
  return frames.filter((_, n) => found[n] === true);
}

async function isTable(frame: Frame, painted: readonly Painted[]): Promise<boolean> {
  try {
    const body = frame.locator(painted.map((what) => `body[data-painted="${what}"]`).join(", "));
    if (frame.isDetached() || (await body.count()) === 0) return false;
    // The frames of inactive tabs are hidden.
    const element = await frame.frameElement();
    return (await element.boundingBox()) !== null && (await frame.locator("#table-root").isVisible());
  } catch {
    // The frame was removed in the meantime.
    return false;
  }
}
