import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { rename, rm, symlink, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { describe, it, type TestContext } from "node:test";
import type { DownloadedExport } from "../../../../../src/vscode/downloads/downloadHistory.ts";
import { isMissing, missingAmong, olderThan } from "../../../../../src/vscode/downloads/removal/chosenDownloads.ts";
import {
  removeDownloads,
  type RemoveDownloadsParts,
} from "../../../../../src/vscode/downloads/removal/removeDownloads.ts";
import { content, downloadedFile } from "../downloadedFile.ts";

const { signal } = new AbortController();

async function removable(context: TestContext, change: Partial<DownloadedExport> = {}) {
  const { path, record, own } = await downloadedFile(context, change);
  const forgotten: DownloadedExport[] = [];
  const cleaned: string[] = [];
  const unkept: string[] = [];
  const parts: RemoveDownloadsParts = {
    ownFiles: own,
    history: { remove: (each) => void forgotten.push(each) },
    ownFolders: {
      removeEmptyAround: (each) => {
        cleaned.push(each);
        return Promise.resolve();
      },
    },
    columnFiles: {
      forget: (each) => {
        unkept.push(each);
        return Promise.resolve();
      },
    },
  };
  const remove = (more: Partial<RemoveDownloadsParts> = {}) => removeDownloads([record], { ...parts, ...more }, signal);
  return { path, record, own, forgotten, cleaned, unkept, remove };
}

describe("Removing downloaded files", { timeout: 60_000 }, () => {
  it("deletes those that still are what was downloaded, with records, empty folders and kept columns", async (context) => {
    const { path, record, forgotten, cleaned, unkept, remove } = await removable(context);
    assert.deepEqual(await remove(), { deleted: 1, bytes: record.bytes, gone: 0, kept: [] });
    assert.deepEqual([existsSync(path), forgotten, cleaned, unkept], [false, [record], [path], [path]]);
  });

  it("forgets those that are not there, unless they may come back", async (context) => {
    const { path, record, forgotten, remove } = await removable(context);
    await rm(path);
    const stays = await remove({ forgetsMissing: () => Promise.resolve(false) });
    assert.deepEqual([stays, forgotten], [{ deleted: 0, bytes: 0, gone: 0, kept: [] }, []]);
    assert.deepEqual(await remove(), { deleted: 0, bytes: 0, gone: 1, kept: [] });
    assert.deepEqual(forgotten, [record]);
  });

  it("deletes nothing that was only to be forgotten, if its disk has come back meanwhile", async (context) => {
    const { path, forgotten, remove } = await removable(context);
    assert.deepEqual(await remove({ onlyForgets: true }), { deleted: 0, bytes: 0, gone: 0, kept: [] });
    assert.deepEqual([existsSync(path), forgotten], [true, []]);
    await rm(path);
    assert.equal((await remove({ onlyForgets: true })).gone, 1);
  });

  it("forgets nothing that can't be looked at", { skip: process.platform === "win32" }, async (context) => {
    const { path, forgotten, remove } = await removable(context);
    const folder = dirname(path);
    await rename(folder, `${folder}.aside`);
    await symlink(folder, folder);
    assert.deepEqual([(await remove()).kept, forgotten], [["changed"], []]);
    await rm(folder);
    await rename(`${folder}.aside`, folder);
  });

  it("keeps what has changed, even if it has its old size", async (context) => {
    const { path, forgotten, remove } = await removable(context);
    await writeFile(path, content.replace("Ada", "Eva"));
    assert.deepEqual((await remove()).kept, ["changed"]);
    assert.deepEqual([existsSync(path), forgotten], [true, []]);
  });

  it("keeps what existed before the download", async (context) => {
    const { path, remove } = await removable(context, { skipped: true });
    assert.deepEqual((await remove()).kept, ["existedBefore"]);
    assert.ok(existsSync(path));
  });

  it("keeps what somebody uses, also if that began while its content was compared", async (context) => {
    const { path, remove } = await removable(context);
    assert.deepEqual((await remove({ isInUse: () => true })).kept, ["inUse"]);
    let asked = 0;
    assert.deepEqual((await remove({ isInUse: () => (asked += 1) > 1 })).kept, ["inUse"]);
    assert.ok(existsSync(path));
  });

  it("keeps what changes right before it would be deleted, and goes on", async (context) => {
    const { path, own, remove } = await removable(context);
    const check: RemoveDownloadsParts["ownFiles"]["check"] = async (...question) => {
      const checked = await own.check(...question);
      await writeFile(path, "something else");
      return checked;
    };
    assert.deepEqual((await remove({ ownFiles: { check } })).kept, ["refused"]);
    assert.ok(existsSync(path));
  });
});

describe("Choosing downloaded files to remove", { timeout: 60_000 }, () => {
  it("goes by the time since their download", async (context) => {
    const { record } = await downloadedFile(context, { at: "2026-11-01T00:00:00.000Z" });
    const now = Date.parse("2026-11-08T00:00:00.000Z");
    assert.deepEqual(await olderThan([record], 7, now, signal), [record]);
    assert.deepEqual(await olderThan([record], 7, now - 1, signal), []);
  });

  it("finds the missing ones among any number, in their order", async (context) => {
    const { record, path } = await downloadedFile(context);
    const gone = Array.from({ length: 100 }, (_none, at) => ({ ...record, uri: `${record.uri}.${at}` }));
    assert.deepEqual(await missingAmong([record, ...gone]), gone);
    await rm(dirname(path), { recursive: true });
    assert.equal(await isMissing(record), true);
  });
});
