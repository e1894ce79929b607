import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { writeDerived } from "../../../src/format/derivedFile.ts";
import { obstacles } from "../download/obstacles.ts";
import { formatJsonFile } from "../../../src/format/formatJson.ts";
import { behaveAs } from "../download/otherDisk.ts";

const { signal } = new AbortController();
const write = (unfinished: string): Promise<void> => writeFile(unfinished, "made from an export");

async function temporaryFolder(context: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "task-exports-derived-"));
  context.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

describe("A file that is made from an export", { timeout: 20_000 }, () => {
  it("gets its number before a double extension, like a download", async (context) => {
    const folder = await temporaryFolder(context);
    const wanted = join(folder, "orders.csv.gz");
    await writeFile(wanted, "a person's own file");
    assert.equal(await writeDerived(wanted, write, signal), join(folder, "orders (2).csv.gz"));
    assert.equal(await readFile(wanted, "utf8"), "a person's own file");
  });

  it("has a name that is short enough for the disk, including its number", async (context) => {
    const folder = await temporaryFolder(context);
    const wanted = join(folder, `${"ä".repeat(125)}.csv`);
    await writeFile(wanted, "a person's own file");
    assert.match(await writeDerived(wanted, write, signal), /ä{100,} \(2\)\.csv$/);
  });

  it("can be read only by its owner", { skip: process.platform === "win32" }, async (context) => {
    const wanted = join(await temporaryFolder(context), "a.csv");
    await writeDerived(wanted, write, signal);
    assert.equal((await stat(wanted)).mode & 0o777, 0o600);
  });

  it("leaves no empty file if it can't get its name", async (context) => {
    const folder = await temporaryFolder(context);
    await assert.rejects(
      writeDerived(join(folder, "missing", "a.csv"), (path) => writeFile(path, ""), signal),
      { code: "notWritable" },
    );
    assert.deepEqual(await readdir(folder), []);
  });

  it("can be written to a disk that doesn't support hard links, permissions and flushing", async (context) => {
    const folder = await temporaryFolder(context);
    await writeFile(join(folder, "a.json"), "[]");
    await writeFile(join(folder, "b.json"), "a person's own file");
    behaveAs(context, folder, { link: "ENOTSUP", chmod: "EPERM", flushFile: "EINVAL", flushFolder: "EINVAL" });
    const made = await formatJsonFile(join(folder, "a.json"), join(folder, "b.json"), { indent: 2, signal });
    assert.equal(made, join(folder, "b (2).json"));
    assert.equal(await readFile(made, "utf8"), "[]\n");
    assert.deepEqual((await readdir(folder)).toSorted(), ["a.json", "b (2).json", "b.json"]);
  });

  it("gets its name even if the disk refuses that for a while", async (context) => {
    const folder = await temporaryFolder(context);
    let refusals = 0;
    const beforeChange = (change: "write" | "remove"): string | undefined =>
      change === "remove" && refusals++ < 2 ? "EBUSY" : undefined;
    behaveAs(context, folder, { beforeChange });
    assert.equal(await writeDerived(join(folder, "a.csv"), write, signal), join(folder, "a.csv"));
    assert.deepEqual(await readdir(folder), ["a.csv"]);
  });

  for (const obstacle of obstacles) {
    it(`gets a number if ${obstacle.what} has its name, and doesn't open that`, async (context) => {
      const folder = await temporaryFolder(context);
      await obstacle.put(join(folder, "a.csv"), context);
      assert.equal(await writeDerived(join(folder, "a.csv"), write, signal), join(folder, "a (2).csv"));
      assert.deepEqual((await readdir(folder)).toSorted(), ["a (2).csv", "a.csv"]);
    });
  }
});
