import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { describe, it, type TestContext } from "node:test";
import { ColumnFiles, folderName } from "../../../../src/query/host/columnFiles.ts";

async function cached(context: TestContext, ...exports: string[]) {
  const folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-columns-"));
  context.after(() => rm(folder, { recursive: true, force: true }));
  const files = exports.flatMap((name) =>
    ["v1", "v2"].map((version) => path.join(folder, version, folderName(name), "reading", "columns.duckdb")),
  );
  for (const file of files) {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, "1234");
  }
  return { columns: new ColumnFiles(folder), isThere: () => files.map((file) => existsSync(file)) };
}

describe("The cached columns of exports", () => {
  it("are removed for one export and all versions of the engine", async (context) => {
    const { columns, isThere } = await cached(context, "/a.csv", "/b.csv");
    await columns.forget("/a.csv");
    assert.deepEqual(isThere(), [false, false, true, true]);
  });

  it("are removed for all exports, with the number of bytes that this frees", async (context) => {
    const { columns, isThere } = await cached(context, "/a.csv", "/b.csv");
    assert.equal(await columns.clear(), 16);
    assert.deepEqual(isThere(), [false, false, false, false]);
  });

  it("need not be there", async (context) => {
    const { columns } = await cached(context);
    await columns.clear();
    await columns.forget("/a.csv");
    assert.equal(await columns.clear(), 0);
  });
});
