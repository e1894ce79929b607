import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * Creates a small file system in a file and mounts it until the test ends. That needs Linux, its superuser, the tool
 * that creates such a file system, and a kernel that knows it.
 *
 * @returns the folder, or why it can't be mounted here
 */
export async function mountDisk(
  context: TestContext,
  kind: "vfat" | "ext4",
): Promise<{ readonly folder: string } | { readonly missing: string }> {
  const base = await mkdtemp(join(tmpdir(), `task-exports-${kind}-`));
  const [image, folder] = [join(base, "image"), join(base, "disk")];
  try {
    await writeFile(image, "");
    await truncate(image, 16 * 1024 * 1024);
    await mkdir(folder);
    await run(`mkfs.${kind}`, [image]);
    await run("mount", ["-o", "loop", "-t", kind, image, folder]);
  } catch (error) {
    await rm(base, { recursive: true });
    return { missing: String(error).split("\n", 1).join("") };
  }
  context.after(async () => {
    await run("umount", ["--lazy", folder]);
    await rm(base, { recursive: true });
  });
  return { folder };
}
