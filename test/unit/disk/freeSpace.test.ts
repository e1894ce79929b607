import assert from "node:assert/strict";
import { statfs } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { describe, it } from "node:test";
import { ensureRoom, ReservedSpace } from "../../../src/disk/freeSpace.ts";
import { behaveAs } from "../download/otherDisk.ts";

const file = path.join(os.tmpdir(), "file.csv");
const mebibyte = 1024 * 1024;

describe("the space on a disk", () => {
  it("is enough for a few bytes, but not for more than the disk has", async () => {
    await ensureRoom(file, 1);
    const { bavail, bsize } = await statfs(os.tmpdir());
    await assert.rejects(ensureRoom(file, 4 * bavail * bsize), { code: "diskFull" });
  });

  it("is assumed to be enough if it can't be found out", () => ensureRoom(path.join(file, "none", "a"), 2 ** 52));
});

describe("the reserved space of a disk", () => {
  it("is 512 MiB, or a twentieth of a small disk", async (context) => {
    const sizes = [
      [1_000_000, 512],
      [10_240, 512],
      [1000, 50],
    ] as const;
    for (const [total, reserved] of sizes) {
      for (const [free, isEnough] of [
        [reserved, true],
        [reserved - 1, false],
      ] as const) {
        behaveAs(context, os.tmpdir(), { space: () => ({ total: total * mebibyte, free: free * mebibyte }) });
        const grown = Promise.resolve(new ReservedSpace(file).growTo(8 * mebibyte));
        if (isEnough) await grown;
        else {
          const message = new RegExp(`${reserved} MiB are kept free`);
          await assert.rejects(grown, { code: "diskFull", message, details: { path: os.tmpdir() } });
        }
      }
    }
  });

  it("is looked at once in 8 MiB, so that a small file can be written on any disk", async (context) => {
    let looks = 0;
    const space = (): { total: number; free: number } => {
      looks += 1;
      return { total: mebibyte, free: mebibyte };
    };
    behaveAs(context, os.tmpdir(), { space });
    const reserve = new ReservedSpace(file);
    for (let length = 0; length < 32 * mebibyte; length += mebibyte) await reserve.growTo(length);
    assert.equal(looks, 3);
  });

  it("doesn't count if the file system doesn't say how much is free", () =>
    new ReservedSpace(path.join(file, "none", "a")).growTo(2 ** 40));
});
