import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { unpackedPath, unpackGzip } from "../../../src/format/unpackGzip.ts";
import { behaveAs } from "../download/otherDisk.ts";
import { ExportError } from "../../../src/model/exportError.ts";

const { signal } = new AbortController();
const rows = Buffer.from("id,name\n".repeat(200_000));

describe("unpacking a gzip file", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-unpack-"));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function file(name: string, content: Buffer | string): Promise<string> {
    const written = path.join(folder, name);
    await writeFile(written, content);
    return written;
  }

  async function codeOf(work: Promise<unknown>): Promise<string> {
    const error: unknown = await work.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof ExportError);
    return error.code;
  }

  it("writes every byte, to a file that only its owner can read", async () => {
    const source = await file("a.csv.gz", gzipSync(rows));
    const target = unpackedPath(source);
    assert.equal(target, path.join(folder, "a.csv"));
    assert.equal(await unpackGzip(source, target, signal), target);
    assert.deepEqual(await readFile(target), rows);
    if (process.platform !== "win32") assert.equal((await stat(target)).mode & 0o077, 0);
  });

  it("stops before the last of the disk is used, and leaves nothing", async (context) => {
    behaveAs(context, folder, { space: () => ({ total: 2 ** 40, free: 2 ** 28 }) });
    const bomb = await file("bomb.csv.gz", gzipSync(Buffer.alloc(64 * 1024 * 1024)));
    const work = unpackGzip(bomb, unpackedPath(bomb), signal);
    await assert.rejects(work, { code: "diskFull", message: /512 MiB are kept free/, details: { path: folder } });
    assert.deepEqual(await readdir(folder), ["bomb.csv.gz"]);
  });

  it("never replaces another file, but uses the result of an earlier call", async () => {
    const source = await file("a.csv.gz", gzipSync(rows));
    const own = await file("a.csv", "a person's own file");
    await file("a (2).csv", Buffer.alloc(rows.length, "x"));
    const third = path.join(folder, "a (3).csv");
    assert.equal(await unpackGzip(source, own, signal), third);
    assert.equal(await unpackGzip(source, own, signal), third);
    assert.equal(await readFile(own, "utf8"), "a person's own file");
    assert.deepEqual((await readdir(folder)).sort(), ["a (2).csv", "a (3).csv", "a.csv", "a.csv.gz"]);
  });

  it(
    "doesn't write through a symbolic link, and doesn't use its target",
    { skip: process.platform === "win32" },
    async () => {
      const source = await file("a.csv.gz", gzipSync(rows));
      const elsewhere = await file("elsewhere", rows);
      await symlink(elsewhere, path.join(folder, "a.csv"));
      await symlink(path.join(folder, "missing"), path.join(folder, "a (2).csv"));
      assert.equal(await unpackGzip(source, path.join(folder, "a.csv"), signal), path.join(folder, "a (3).csv"));
      assert.ok(!(await readdir(folder)).includes("missing"));
    },
  );

  it("may be padded with zeros, but is damaged if anything follows them", async () => {
    const padding = Buffer.alloc(3_000_000);
    const padded = await file("padded.csv.gz", Buffer.concat([gzipSync(rows), padding]));
    assert.ok(rows.equals(await readFile(await unpackGzip(padded, unpackedPath(padded), signal))));
    for (const zeros of [padding.subarray(0, 1), padding]) {
      const source = await file("a.csv.gz", Buffer.concat([gzipSync(rows), zeros, gzipSync(rows)]));
      assert.equal(await codeOf(unpackGzip(source, unpackedPath(source), signal)), "truncated");
    }
    assert.ok(!(await readdir(folder)).includes("a.csv"));
  });

  for (const [packed, unpacked] of [
    ["export.csv", "export.unpacked.csv"],
    ["export", "export.unpacked.csv"],
    ["orders.ndjson.gz", "orders.ndjson"],
    ["orders.GZ", "orders.csv"],
    ["setup.exe.gz", "setup.exe.csv"],
    ["run.desktop.gz", "run.desktop.csv"],
    ["page.html", "page.html.unpacked.csv"],
    // A file with the name of a sidecar would be taken for one.
    ["orders.csv.01234567.part.json.gz", "orders.csv.01234567_part.json"],
  ] as const) {
    it(`writes ${unpacked} if the archive is ${packed}`, () =>
      assert.equal(unpackedPath(path.join("/x", packed)), path.join("/x", unpacked)));
  }

  it("fails and leaves nothing behind if the archive is cut off or damaged", async () => {
    const packed = gzipSync(rows);
    const broken = Buffer.from(packed);
    broken.fill(7, 100, 140);
    for (const [name, content] of [
      ["cut.gz", packed.subarray(0, packed.length - 20)],
      ["broken.gz", broken],
    ] as const) {
      const source = await file(name, content);
      assert.equal(await codeOf(unpackGzip(source, unpackedPath(source), signal)), "truncated", name);
    }
    assert.deepEqual((await readdir(folder)).sort(), ["broken.gz", "cut.gz"]);
  });

  it("leaves nothing behind when it is canceled", async () => {
    const source = await file("a.csv.gz", gzipSync(rows));
    assert.equal(await codeOf(unpackGzip(source, unpackedPath(source), AbortSignal.abort())), "cancelled");
    assert.deepEqual(await readdir(folder), ["a.csv.gz"]);
  });
});
