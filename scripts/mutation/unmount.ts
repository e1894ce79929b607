import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

/** Unmounts the disks that a test mounted in a folder. A test that was killed did not, and the folder can't be removed. */
export async function unmountBelow(folder: string): Promise<void> {
  // Only Linux has this list, and only there do tests mount disks.
  const mounts = await readFile("/proc/self/mounts", "utf8").catch(() => "");
  for (const line of mounts.split("\n")) {
    const [, at = ""] = line.split(" ");
    if (at.startsWith(folder + path.sep)) await promisify(execFile)("umount", ["--lazy", at]);
  }
}
