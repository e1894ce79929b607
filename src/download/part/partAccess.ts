import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { t } from "@vscode/l10n";
import type { Clock } from "../../http/clock.ts";
import { busyElsewhere } from "../errors/downloadErrors.ts";
import { type PartLock, tryLock } from "./partLock.ts";
import type { PartPaths } from "./partPaths.ts";
import { announceWaiter, findPlaced } from "./placedFiles.ts";
import type { PlacedFile } from "./sidecar.ts";

/** How to get access to a part that another process may be writing. */
export interface PartAccessOptions {
  readonly whenBusy: "wait" | "fail";
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onWaiting: (retryInMs: number, reason: string) => void;
}

export type PartAccess =
  | { readonly kind: "mine"; readonly lock: PartLock }
  /** The other process completed the file in the meantime. */
  | { readonly kind: "placed"; readonly placed: PlacedFile };

const pollMs = 250;

/**
 * Takes the lock of a part, and creates its folder if needed. While another process holds the lock, waits for it, and
 * then uses what it left: the complete file, or the part.
 *
 * @throws ExportError `busyElsewhere` if `whenBusy` is `fail`; `cancelled`; errors of the file system.
 */
export async function accessPart(paths: PartPaths, options: PartAccessOptions): Promise<PartAccess> {
  await mkdir(dirname(paths.part), { recursive: true, mode: 0o700 });
  const lock = await tryLock(paths.lock, options.clock, options.signal);
  if (lock !== undefined) return { kind: "mine", lock };
  if (options.whenBusy === "fail") throw busyElsewhere(paths.part);
  const stopWaiting = await announceWaiter(paths);
  try {
    return await waitFor(paths, options);
  } finally {
    await stopWaiting();
  }
}

async function waitFor(paths: PartPaths, { clock, signal, onWaiting }: PartAccessOptions): Promise<PartAccess> {
  const since = Date.now();
  onWaiting(pollMs, t("Another window is downloading the same file."));
  for (;;) {
    await clock.wait(pollMs, signal);
    const lock = await tryLock(paths.lock, clock, signal);
    if (lock === undefined) continue;
    const placed = await findPlaced(paths);
    if (placed === undefined || Date.parse(placed.placedAt) < since) return { kind: "mine", lock };
    await lock.release();
    return { kind: "placed", placed };
  }
}
