import { randomUUID } from "node:crypto";
import { open } from "node:fs/promises";
import { cancelled, throwIfCancelled } from "../model/exportError.ts";
import { nameTaken } from "./diskErrors.ts";
import { fromFileSystem } from "./fileSystemErrors.ts";
import { removeOwnFile } from "./ordinaryFile.ts";
import { finalPathTaken, placeFile } from "./placeFile.ts";

/**
 * Writes a file that gets its name when it is complete. Until then, it is a temporary file next to the target, for its
 * owner alone. If anything fails, nothing is left.
 *
 * @param write writes the temporary file, which exists and is empty. When it is settled, nothing may write to it any more.
 * @throws ExportError `notWritable`, `diskFull`, `fileExists` if the name is taken, `cancelled`; what `write` throws
 */
export async function saveFile<Result>(
  target: string,
  { ifTaken, signal }: { readonly ifTaken: "overwrite" | "fail"; readonly signal: AbortSignal },
  write: (growing: string) => Promise<Result>,
): Promise<Result> {
  throwIfCancelled(signal);
  // Nobody should wait for a file that can't get its name.
  if (ifTaken === "fail" && (await finalPathTaken(target))) throw nameTaken(target);
  const growing = `${target}.${randomUUID().slice(0, 8)}.part`;
  try {
    await (await open(growing, "wx", 0o600)).close();
    const result = await write(growing);
    await placeFile(growing, target, ifTaken, signal);
    return result;
  } catch (error) {
    await removeOwnFile(growing).catch(() => undefined);
    throw signal.aborted ? cancelled() : await fromFileSystem(error, target, 0);
  }
}
