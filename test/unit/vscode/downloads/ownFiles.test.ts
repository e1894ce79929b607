import assert from "node:assert/strict";
import { rename, symlink, unlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { DownloadedRecord } from "../../../../src/vscode/downloads/downloadHistory.ts";
import { content, downloadedFile, task } from "./downloadedFile.ts";

const { signal } = new AbortController();

describe("The files that were downloaded", { timeout: 60_000 }, () => {
  it("are recognized by their content", async (context) => {
    const { own, record, path } = await downloadedFile(context);
    const checked = await own.check(record, signal);
    assert.equal(checked.found, "downloaded");
    assert.equal(await checked.isUntouched(), true);
    assert.equal(await own.isOwn(path, task, signal), true);
  });

  it("are still recognized if only their dates changed", async (context) => {
    const { own, record, path } = await downloadedFile(context);
    await utimes(path, 1, 1);
    assert.equal((await own.check(record, signal)).found, "downloaded");
  });

  it("are not confused with a file of the same length and date in their place", async (context) => {
    const { own, record, path, folder } = await downloadedFile(context);
    await utimes(path, 1_000, 1_000);
    await writeFile(join(folder, "other"), content.replace("Ada", "Eva"));
    await utimes(join(folder, "other"), 1_000, 1_000);
    await rename(join(folder, "other"), path);
    assert.equal((await own.check(record, signal)).found, "changed");
    assert.equal(await own.isOwn(path, task, signal), false);
  });

  it("are not confused with a longer file, a folder or a link in their place", async (context) => {
    const { own, record, path, folder } = await downloadedFile(context);
    await writeFile(path, `${content}2,Eva\n`);
    assert.equal((await own.check(record, signal)).found, "changed");
    await unlink(path);
    if (process.platform !== "win32") {
      await writeFile(join(folder, "elsewhere"), content);
      await symlink(join(folder, "elsewhere"), path);
      assert.equal((await own.check(record, signal)).found, "changed");
    }
  });

  it("may be missing", async (context) => {
    const { own, record, path } = await downloadedFile(context);
    await unlink(path);
    assert.equal((await own.check(record, signal)).found, "missing");
  });

  it("don't include a file that existed before and was skipped", async (context) => {
    const { own, record } = await downloadedFile(context, { skipped: true });
    assert.equal((await own.check(record, signal)).found, "existedBefore");
  });

  it("include those of earlier versions, which didn't record skipped files, only if something was compared", async (context) => {
    const { own, record } = await downloadedFile(context);
    const earlier: DownloadedRecord = { ...record };
    delete earlier.skipped;
    assert.equal((await own.check(earlier, signal)).found, "downloaded");
    assert.equal((await own.check({ ...earlier, verified: "unverified" }, signal)).found, "existedBefore");
  });

  it("are reported as changed if they change after they were checked", async (context) => {
    const { own, record, path } = await downloadedFile(context);
    const checked = await own.check(record, signal);
    await writeFile(path, content.replace("Ada", "Eva"));
    assert.equal(await checked.isUntouched(), false);
  });

  it("can be verified whoever wrote them, and say whether they are the same, changed or missing", async (context) => {
    const { own, record, path } = await downloadedFile(context, { skipped: true });
    assert.equal(await own.verify(record, signal), "same");
    await writeFile(path, content.replace("Ada", "Eva"));
    assert.equal(await own.verify(record, signal), "changed");
    await unlink(path);
    assert.equal(await own.verify(record, signal), "missing");
    await assert.rejects(own.verify({ ...record, uri: record.uri.replace("a.csv", "x".repeat(300)) }, signal));
  });
});
