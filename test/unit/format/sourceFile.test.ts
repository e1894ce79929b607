import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { formatJsonFile, isOneLongLine } from "../../../src/format/formatJson.ts";
import { unpackGzip } from "../../../src/format/unpackGzip.ts";
import { obstacles } from "../download/obstacles.ts";

const { signal } = new AbortController();

const readers: readonly (readonly [what: string, read: (path: string) => Promise<unknown>])[] = [
  ["formatted", (path) => formatJsonFile(path, `${path}.formatted.json`, { indent: 2, signal })],
  ["unpacked", (path) => unpackGzip(path, `${path}.csv`, signal)],
  ["measured", (path) => isOneLongLine(path)],
];

describe("the file that another one is made from", { timeout: 20_000 }, () => {
  for (const obstacle of obstacles.filter(({ what }) => what !== "a link to a file elsewhere")) {
    for (const [what, read] of readers) {
      it(`is not ${what} if it is ${obstacle.what}, and fails at once`, async (context) => {
        const folder = await mkdtemp(join(tmpdir(), "task-exports-source-"));
        context.after(() => rm(folder, { recursive: true, force: true }));
        const path = join(folder, "source");
        await obstacle.put(path, context);
        await assert.rejects(read(path), { code: "fileMissing", details: { path } });
        assert.deepEqual(await readdir(folder), ["source"]);
      });
    }
  }

  it("may be a link to a file", { skip: process.platform === "win32" }, async (context) => {
    const folder = await mkdtemp(join(tmpdir(), "task-exports-source-"));
    context.after(() => rm(folder, { recursive: true, force: true }));
    await writeFile(join(folder, "a.gz"), gzipSync("id\n"));
    await symlink(join(folder, "a.gz"), join(folder, "link.gz"));
    assert.equal(
      await readFile(await unpackGzip(join(folder, "link.gz"), join(folder, "a.csv"), signal), "utf8"),
      "id\n",
    );
  });
});
