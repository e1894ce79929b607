import assert from "node:assert/strict";
import { open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { partPaths } from "../../../../src/download/part/partPaths.ts";
import { readSidecar, type Sidecar, writeSidecar } from "../../../../src/download/part/sidecar.ts";
import { temporaryFolder } from "./temporaryFolder.ts";

const content: Sidecar = {
  version: 1,
  accountId: "account-1",
  taskId: "12345",
  fileIndex: 0,
  name: "a.csv",
  identity: { etag: '"v1"', total: 6 },
  decoded: false,
  checksums: [],
  flushedBytes: 0,
  bootedAt: 0,
  startedAt: "2026-01-31T12:00:00Z",
  updatedAt: "2026-01-31T12:00:00Z",
};

describe("A sidecar", () => {
  it("is replaced in one step, so that a reader never sees a mixture of old and new", async (context) => {
    const paths = partPaths(join(await temporaryFolder(context), "a.csv"), content);
    await writeSidecar(paths, content);
    const reader = await open(paths.sidecar, "r");
    try {
      await writeSidecar(paths, { ...content, flushedBytes: 3 });
      const old: unknown = JSON.parse(await reader.readFile("utf8"));
      assert.deepEqual(old, content);
    } finally {
      await reader.close();
    }
    assert.equal((await readSidecar(paths))?.flushedBytes, 3);
  });

  it("counts as missing if it is incomplete or of another version", async (context) => {
    const paths = partPaths(join(await temporaryFolder(context), "a.csv"), content);
    assert.equal(await readSidecar(paths), undefined);
    await writeFile(paths.sidecar, JSON.stringify(content).slice(0, -5));
    assert.equal(await readSidecar(paths), undefined);
    await writeFile(paths.sidecar, JSON.stringify({ ...content, version: 2 }));
    assert.equal(await readSidecar(paths), undefined);
  });

  it("keeps the checksums of every algorithm and the file that was placed", async (context) => {
    const paths = partPaths(join(await temporaryFolder(context), "a.csv"), content);
    const algorithms = ["md5", "sha1", "sha256", "crc32", "crc32c", "crc64nvme"] as const;
    for (const verified of ["checksum", "length", "unverified"] as const) {
      const placed = {
        path: join(paths.folder, "a.csv"),
        bytes: 6,
        sha256: "0",
        verified,
        placedAt: "2026",
        taskUnfinished: true,
      };
      const whole: Sidecar = {
        ...content,
        checksums: algorithms.map((algorithm) => ({ algorithm, value: "0" })),
        finalPath: join(paths.folder, "a.csv"),
        placed,
      };
      await writeSidecar(paths, whole);
      assert.deepEqual(await readSidecar(paths), whole);
    }
  });

  it("counts as missing if it contains an impossible number", async (context) => {
    const paths = partPaths(join(await temporaryFolder(context), "a.csv"), content);
    for (const flushedBytes of [-1, 0.5, "7"]) {
      await writeFile(paths.sidecar, JSON.stringify({ ...content, flushedBytes }));
      assert.equal(await readSidecar(paths), undefined);
    }
  });

  it("can contain the longest values that a server and a disk allow", async (context) => {
    const paths = partPaths(join(await temporaryFolder(context), "a.csv"), content);
    const longest = "\u00ff".repeat(8192);
    const finalPath = join(paths.folder, "表/".repeat(1000), "a.csv");
    const whole: Sidecar = {
      ...content,
      name: "\u0001".repeat(2000),
      identity: { etag: longest, lastModified: longest, total: 6 },
      finalPath,
    };
    await writeSidecar(paths, whole);
    assert.deepEqual(await readSidecar(paths), whole);
  });

  it("is not read if it is larger than we ever write it, because parsing it would take long", async (context) => {
    const paths = partPaths(join(await temporaryFolder(context), "a.csv"), content);
    await writeFile(paths.sidecar, JSON.stringify(content).padEnd(64 * 1024));
    assert.notEqual(await readSidecar(paths), undefined);
    await writeFile(paths.sidecar, JSON.stringify(content).padEnd(64 * 1024 + 1));
    assert.equal(await readSidecar(paths), undefined);
  });
});
