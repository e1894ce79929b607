import assert from "node:assert/strict";
import { link, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { CreatedFolders } from "../../../../src/download/part/createdFolders.ts";
import { PartFile } from "../../../../src/download/part/partFile.ts";
import { partPaths } from "../../../../src/download/part/partPaths.ts";
import { defined } from "../../../../src/model/defined.ts";
import { temporaryFolder } from "./temporaryFolder.ts";

const key = { accountId: "account-1", taskId: "12345", fileIndex: 0, name: "a.csv" };
const beginning = { identity: { etag: '"v1"', total: 6 }, decoded: false, checksums: [] };

describe("The part of a file", () => {
  it("is never written through a link that another program put in its place", async (context) => {
    if (process.platform === "win32") return;
    const folder = await temporaryFolder(context);
    const paths = partPaths(join(folder, "a.csv"), key);
    const elsewhere = join(folder, "elsewhere");
    await writeFile(elsewhere, "not ours");
    await symlink(elsewhere, paths.part);
    const part = await PartFile.open(paths, key, new CreatedFolders(paths.folder));
    await part.begin(beginning);
    await part.append([Buffer.from("abc")]);
    await part.close();
    assert.equal(await readFile(elsewhere, "utf8"), "not ours");
    assert.equal(await readFile(paths.part, "utf8"), "abc");
  });

  it("continues where it was closed", async (context) => {
    const paths = partPaths(join(await temporaryFolder(context), "a.csv"), key);
    const part = await PartFile.open(paths, key, new CreatedFolders(paths.folder));
    await part.begin(beginning);
    await part.append([Buffer.from("abc")]);
    await part.close();
    const again = await PartFile.open(paths, key, new CreatedFolders(paths.folder));
    assert.equal(again.length, 3);
    assert.deepEqual(again.beginning?.identity, beginning.identity);
    await again.append([Buffer.from("def")]);
    await again.close();
    assert.equal(await readFile(paths.part, "utf8"), "abcdef");
  });

  for (const [what, total] of [
    ["of known length", 6],
    ["of unknown length", undefined],
  ] as const) {
    it(`${what} doesn't change a file that was linked to it`, async (context) => {
      const folder = await temporaryFolder(context);
      const paths = partPaths(join(folder, "a.csv"), key);
      const part = await PartFile.open(paths, key, new CreatedFolders(paths.folder));
      await part.begin({ identity: defined({ etag: '"v1"', total }), decoded: false, checksums: [] });
      await part.append([Buffer.from("abc")]);
      await part.close();
      await link(paths.part, join(folder, "linked"));
      const again = await PartFile.open(paths, key, new CreatedFolders(paths.folder));
      assert.equal(again.length, 0);
      await again.begin(beginning);
      await again.append([Buffer.from("def")]);
      await again.close();
      assert.equal(await readFile(join(folder, "linked"), "utf8"), "abc");
      assert.equal(await readFile(paths.part, "utf8"), "def");
    });
  }

  it("starts over if it is longer than its file", async (context) => {
    const paths = partPaths(join(await temporaryFolder(context), "a.csv"), key);
    const part = await PartFile.open(paths, key, new CreatedFolders(paths.folder));
    await part.begin(beginning);
    await part.append([Buffer.from("abcdefg")]);
    await part.close();
    const again = await PartFile.open(paths, key, new CreatedFolders(paths.folder));
    assert.deepEqual([again.length, again.beginning], [0, undefined]);
    await again.close();
  });

  it("is emptied if it belongs to another file", async (context) => {
    const paths = partPaths(join(await temporaryFolder(context), "a.csv"), key);
    const part = await PartFile.open(paths, key, new CreatedFolders(paths.folder));
    await part.begin(beginning);
    await part.append([Buffer.from("abc")]);
    await part.close();
    const other = await PartFile.open(paths, { ...key, taskId: "6" }, new CreatedFolders(paths.folder));
    assert.deepEqual([other.length, other.beginning], [0, undefined]);
    await other.close();
  });
});
