import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { TestContext } from "node:test";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A small disk in memory, until the test ends. Only the superuser of Linux can mount one. */
export class Disk {
  readonly folder: string;

  static async mount(context: TestContext, mebibytes: number): Promise<Disk | undefined> {
    const folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-small-"));
    try {
      await run("mount", ["-t", "tmpfs", "-o", `size=${mebibytes}m`, "tmpfs", folder]);
    } catch {
      await rm(folder, { recursive: true });
      return undefined;
    }
    context.after(async () => {
      await run("umount", ["--lazy", folder]);
      await rm(folder, { recursive: true });
    });
    return new Disk(folder);
  }

  private constructor(folder: string) {
    this.folder = folder;
  }

  async grow(mebibytes: number): Promise<void> {
    await run("mount", ["-o", `remount,size=${mebibytes}m`, this.folder]);
  }
}
