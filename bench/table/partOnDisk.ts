import { globSync, statSync } from "node:fs";
import path from "node:path";

/**
 * The size of the largest part below a folder, 0 if there is none. VS Code renames and deletes files at the same time, so
 * folder and files may be gone when they are read.
 */
export function bytesOfPart(folder: string): number {
  const parts = globSync("**/*.part", { cwd: folder });
  return Math.max(0, ...parts.map((part) => statSync(path.join(folder, part), { throwIfNoEntry: false })?.size ?? 0));
}
