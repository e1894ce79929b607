import { dirname } from "node:path";
import { t } from "@vscode/l10n";
import type { Clock } from "../../http/clock.ts";
import type { CreatedFolders } from "./createdFolders.ts";
import { busyElsewhere } from "../errors/downloadErrors.ts";
import { type FileLock, tryLock } from "../../disk/fileLock.ts";
import type { PartPaths } from "./partPaths.ts";
import { announceWaiter, findPlaced } from "./placedFiles.ts";
import type { PlacedFile } from "./sidecar.ts";

/** How to get access to a part that another process may be writing. */
export interface PartAccessOptions {
  readonly whenBusy: "wait" | "fail";
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Creates the part's folder. */
  readonly folders: CreatedFolders;
  readonly onWaiting: (retryInMs: number, reason: string) => void;
  /** Whether a file is the one that a note describes. Anyone who can write to the folder can write a note. */
  readonly isIntact: (placed: PlacedFile) => Promise<boolean>;
}

export type PartAccess =
  | { readonly kind: "mine"; readonly lock: FileLock }
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
  await options.folders.make(dirname(paths.part));
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

async function waitFor(paths: PartPaths, options: PartAccessOptions): Promise<PartAccess> {
  const { clock, signal, onWaiting } = options;
  const since = Date.now();
  onWaiting(pollMs, t("Another window is downloading the same file."));
  for (;;) {
    await clock.wait(pollMs, signal);
    const lock = await tryLock(paths.lock, clock, signal);
    if (lock === undefined) continue;
    try {
      const placed = await placedSince(since, paths, options);
      if (placed === undefined) return { kind: "mine", lock };
      await lock.release();
      return { kind: "placed", placed };
    } catch (error) {
      await lock.release();
      throw error;
    }
  }
}

async function placedSince(
  since: number,
  paths: PartPaths,
  { isIntact }: PartAccessOptions,
): Promise<PlacedFile | undefined> {
  const placed = await findPlaced(paths);
  const isNew = placed !== undefined && Date.parse(placed.placedAt) >= since;
  return isNew && (await isIntact(placed)) ? placed : undefined;
}
