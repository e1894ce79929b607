import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { DownloadHistory } from "../../../../src/vscode/downloads/downloadHistory.ts";
import { removeDownloads } from "../../../../src/vscode/downloads/removal/removeDownloads.ts";
import { content, downloadedFile, task } from "./downloadedFile.ts";

const { signal } = new AbortController();
const key = `downloaded:${task.accountId}/${task.taskId}`;

/** A history as it was stored, by this version or by anybody. */
function historyOf(records: readonly unknown[]): DownloadHistory {
  const values = new Map<string, unknown>([[key, records]]);
  return new DownloadHistory({
    keys: () => [...values.keys()],
    get: (name: string, fallback?: unknown) => (values.get(name) ?? fallback) as never,
    update: (name, value) => Promise.resolve(void values.set(name, value)),
  });
}

describe("A history that somebody else changed", { timeout: 60_000 }, () => {
  for (const uri of [
    "https://example.com/a.csv",
    "file:",
    "file:///a%00.csv",
    "file:///a%2Fb.csv",
    "file:////a/a.csv",
    "not a URI",
  ]) {
    it(`leaves out only the record with the path ${JSON.stringify(uri)}`, async (context) => {
      const { record } = await downloadedFile(context);
      const history = historyOf([{ ...record, uri }, record]);
      assert.deepEqual(
        history.all().map((each) => each.uri),
        [record.uri],
      );
      assert.equal((await history.allInSlices(signal)).length, 1);
    });
  }

  it("leaves out only what isn't a record", async (context) => {
    const { record } = await downloadedFile(context);
    const history = historyOf([null, { ...record, bytes: "14" }, { ...record, bytes: -1 }, record]);
    assert.equal(history.all().length, 1);
  });

  for (const name of ["passwd", ".bashrc", "id_ed25519", "notes.md", "main.ts"]) {
    it(`can't have ${name} deleted, even with its size and hash`, async (context) => {
      const { folder, own, record } = await downloadedFile(context);
      const path = join(folder, name);
      await writeFile(path, content);
      const forged = { ...record, name, uri: pathToFileURL(path).href };
      const history = historyOf([forged]);
      const ownFolders = { removeEmptyAround: () => Promise.resolve() };
      const columnFiles = { forget: () => Promise.resolve() };
      const outcome = await removeDownloads([forged], { history, ownFiles: own, ownFolders, columnFiles }, signal);
      assert.deepEqual([outcome.deleted, existsSync(path)], [0, true]);
    });
  }
});
