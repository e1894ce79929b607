import assert from "node:assert/strict";
import { appendFile, link, mkdir, rename, rm, stat, truncate, unlink, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { FileOrder } from "../../../../src/table/view/fileOrder.ts";
import { rowPosition } from "../../../../src/table/view/rowIdentity.ts";
import type { TableNotice } from "../../../../src/webview/table/messages.ts";
import { contentOf, firstCells, type OpenedDocument, prepare, until } from "./openedDocument.ts";

/** A net for what never ends; on a busy machine these suites take many times what they take on a quiet one. */
const timeout = 120_000;
const task = { accountId: "account-1", taskId: "12345" };
const header = "id,name\n";

function csv(from: number, to: number): string {
  let text = "";
  for (let id = from; id < to; id += 1) text += `${id},customer ${id}\n`;
  return text;
}

async function notice({ notices }: OpenedDocument, kind: TableNotice["kind"]): Promise<TableNotice | undefined> {
  await until(() => notices.some((each) => each?.kind === kind));
  return notices.findLast((each) => each?.kind === kind);
}

/** A download of `export.csv` in that folder, as far as it has come. */
function downloadOf(folder: string, bytes: number, total = 1_000_000) {
  return { file: 0, part: join(folder, "export.csv.01234567.part"), path: join(folder, "export.csv"), bytes, total };
}

async function rowsAre(opened: OpenedDocument, count: number): Promise<void> {
  await until(async () => (await firstCells(opened)).length === count);
}

describe("A file that is open as a table", { timeout }, () => {
  it("shows rows that another program appends, without a reload", async (test) => {
    const { path, open } = await prepare(test);
    await writeFile(path, header + csv(0, 3));
    const opened = open();
    assert.equal(contentOf(await opened.document.view()), "table");
    await rowsAre(opened, 3);
    // No tab is visible, so only the system's notice can bring the rows. How fast it does is the benchmark's matter.
    await appendFile(path, csv(3, 5));
    await rowsAre(opened, 5);
    assert.deepEqual(opened.notices, []);
  });

  it("says that it changed, keeps its rows, and shows the new ones when it is reloaded", async (test) => {
    const { folder, path, open } = await prepare(test);
    await writeFile(path, header + csv(0, 3));
    const opened = open();
    await opened.document.view();
    await writeFile(join(folder, "new"), header + csv(10, 12));
    await rename(join(folder, "new"), path);
    await notice(opened, "changed");
    assert.deepEqual(await firstCells(opened), ["0", "1", "2"]);
    await opened.document.reload();
    assert.deepEqual(await firstCells(opened), ["10", "11"]);
    assert.equal(opened.notices.at(-1), undefined);
    assert.ok(opened.views.length > 0);
  });

  it("says that it was deleted, and that it changed when it is back", async (test) => {
    const { path, open } = await prepare(test);
    await writeFile(path, header + csv(0, 3));
    const opened = open();
    await opened.document.view();
    await rm(path);
    await notice(opened, "missing");
    await writeFile(path, header + csv(5, 6));
    await notice(opened, "changed");
    await opened.document.reload();
    assert.deepEqual(await firstCells(opened), ["5"]);
  });

  it("can be downloaded again when it vanished, or was not there at first, if it was downloaded for a task", async (test) => {
    const { path, open, downloadedFiles } = await prepare(test);
    downloadedFiles.set(pathToFileURL(path).href, { accountId: "shop", taskId: "12345", file: 2 });
    const early = await open().document.view();
    assert.deepEqual(early.content, {
      kind: "problem",
      problem: { kind: "missing" },
      actions: ["downloadAgain", "reload"],
    });
    await writeFile(path, header + csv(0, 3));
    const opened = open();
    await until(async () => contentOf(await opened.document.view()) === "table");
    await rm(path);
    await notice(opened, "missing");
    assert.deepEqual(opened.notices.at(-1), { kind: "missing", isExport: true });
    assert.deepEqual(opened.document.taskFile, { accountId: "shop", taskId: "12345", file: 2 });
  });

  it("can be downloaded again after a command deleted it, and the list of downloads with it", async (test) => {
    const { path, open, downloadedFiles } = await prepare(test);
    const taskFile = { accountId: "shop", taskId: "12345", file: 2 };
    downloadedFiles.set(pathToFileURL(path).href, taskFile);
    await writeFile(path, header + csv(0, 3));
    const opened = open();
    await opened.document.view();
    downloadedFiles.clear();
    await rm(path);
    await notice(opened, "missing");
    assert.deepEqual(opened.notices.at(-1), { kind: "missing", isExport: true });
    assert.deepEqual(opened.document.taskFile, taskFile);
  });

  it("says that it is missing, and opens by itself when it appears", async (test) => {
    const { path, open } = await prepare(test);
    const opened = open();
    const view = await opened.document.view();
    assert.deepEqual(view.content, { kind: "problem", problem: { kind: "missing" }, actions: ["reload"] });
    await writeFile(path, header + csv(0, 2));
    await until(() => opened.views.some((view) => contentOf(view) === "table"));
    assert.deepEqual(await firstCells(opened), ["0", "1"]);
  });

  it("says that it is a folder, an archive or empty, and opens when the first row of an empty file arrives", async (test) => {
    const { folder, open } = await prepare(test);
    await mkdir(join(folder, "a.csv"));
    await writeFile(join(folder, "b.csv"), Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0]));
    await writeFile(join(folder, "c.csv"), "");
    assert.equal(contentOf(await open(join(folder, "a.csv")).document.view()), "unreadable");
    assert.equal(contentOf(await open(join(folder, "b.csv")).document.view()), "gzip");
    const empty = open(join(folder, "c.csv"));
    assert.equal(contentOf(await empty.document.view()), "empty");
    await appendFile(join(folder, "c.csv"), header + csv(0, 2));
    await until(() => empty.views.some((view) => contentOf(view) === "table"));
  });

  it("is read with another delimiter in all its tabs if one of them asks for it", async (test) => {
    const { path, open } = await prepare(test);
    await writeFile(path, "a;b\n1;2\n3;4\n");
    const opened = open();
    await opened.document.view();
    const asked: unknown[] = [];
    const asker = { onView: (told: unknown) => asked.push(told) };
    opened.document.listen(asker);
    const view = await opened.document.readAs({ delimiter: ",", header: false }, asker);
    assert.ok(view.content.kind === "table");
    assert.deepEqual([view.content.shape.reading.delimiter, view.content.shape.reading.header], [",", false]);
    assert.ok(opened.views.length > 0);
    assert.deepEqual(asked, []);
  });
});

describe("A file that is still downloaded", { timeout }, () => {
  it("shows more rows as bytes arrive, and keeps their places when the file gets its final name", async (test) => {
    const { folder, path, unfinished, open } = await prepare(test);
    const { part } = downloadOf(folder, 0);
    const beginning = header + csv(0, 100);
    await writeFile(part, beginning);
    unfinished.grew(task, { ...downloadOf(folder, beginning.length), placed: false });
    const opened = open(path);
    const view = await opened.document.view();
    assert.ok(view.content.kind === "table");
    assert.equal(view.fileName, "export.csv");
    assert.deepEqual(view.notice, { kind: "downloading", receivedBytes: beginning.length, totalBytes: 1_000_000 });
    const { version } = view.content.shape;
    await appendFile(part, csv(100, 200));
    const { size } = await stat(part);
    unfinished.grew(task, { ...downloadOf(folder, size), placed: false });
    await rowsAre(opened, 200);
    await link(part, path);
    await unlink(part);
    unfinished.grew(task, { ...downloadOf(folder, size, size), placed: true });
    assert.equal(opened.notices.at(-1), undefined);
    const last = await opened.document.file.indexed(200, new AbortController().signal);
    assert.deepEqual([last.growing, last.rows, last.version], [false, 200, version]);
    await appendFile(path, csv(200, 201));
    await rowsAre(opened, 201);
    assert.deepEqual(opened.views, []);
    assert.equal(opened.document.path, path);
  });

  it("can be searched after it got its final name", async (test) => {
    const { folder, path, unfinished, open } = await prepare(test);
    const { part } = downloadOf(folder, 0);
    const content = header + csv(0, 100);
    await writeFile(part, content);
    unfinished.grew(task, { ...downloadOf(folder, content.length), placed: false });
    const opened = open(path);
    await opened.document.view();
    await rename(part, path);
    unfinished.grew(task, { ...downloadOf(folder, content.length), placed: true });
    const pattern = { text: "customer 42", regex: false, caseSensitive: true, wholeWord: false };
    const view = new FileOrder(opened.document.file);
    test.after(() => view.dispose());
    await view.find(pattern);
    const from = { position: rowPosition(0), column: 0 };
    assert.equal((await view.findNext(from, "next", new AbortController().signal))?.number, 42);
  });

  it("waits for its first bytes", async (test) => {
    const { folder, path, unfinished, open } = await prepare(test);
    const { part } = downloadOf(folder, 0);
    await writeFile(part, "");
    unfinished.grew(task, { ...downloadOf(folder, 0), placed: false });
    const opened = open(path);
    const viewed = opened.document.view();
    await appendFile(part, header + csv(0, 10));
    unfinished.grew(task, { ...downloadOf(folder, (await stat(part)).size), placed: false });
    assert.equal(contentOf(await viewed), "table");
  });

  it("says that it is paused or failed and how much is missing, and continues in the same tab", async (test) => {
    const { folder, path, unfinished, open } = await prepare(test);
    const { part } = downloadOf(folder, 0);
    const beginning = header + csv(0, 100);
    await writeFile(part, beginning);
    unfinished.grew(task, { ...downloadOf(folder, beginning.length), placed: false });
    const opened = open(path);
    await opened.document.view();
    const there = { receivedBytes: beginning.length, totalBytes: 1_000_000 };
    unfinished.setStopped(task, [downloadOf(folder, beginning.length)], undefined);
    assert.deepEqual(await notice(opened, "paused"), { kind: "paused", ...there });
    unfinished.resumed(task);
    unfinished.setStopped(task, [downloadOf(folder, beginning.length)], "The disk is full.");
    assert.deepEqual(await notice(opened, "failed"), { kind: "failed", ...there, reason: "The disk is full." });
    assert.equal(opened.document.growing?.taskId, task.taskId);
    unfinished.resumed(task);
    await appendFile(part, csv(100, 150));
    unfinished.grew(task, { ...downloadOf(folder, (await stat(part)).size), placed: false });
    await rowsAre(opened, 150);
    assert.equal(opened.notices.at(-1)?.kind, "downloading");
  });

  it("is read from its beginning if the download starts over", async (test) => {
    const { folder, path, unfinished, open } = await prepare(test);
    const { part } = downloadOf(folder, 0);
    await writeFile(part, header + csv(0, 100));
    unfinished.grew(task, { ...downloadOf(folder, (await stat(part)).size), placed: false });
    const opened = open(path);
    await opened.document.view();
    await truncate(part, 0);
    unfinished.grew(task, { ...downloadOf(folder, 0), placed: false });
    await appendFile(part, header + csv(500, 503));
    unfinished.grew(task, { ...downloadOf(folder, (await stat(part)).size), placed: false });
    await until(async () => (await firstCells(opened).catch(() => [])).join() === "500,501,502");
  });

  it("is shown as paused if an earlier session began it", async (test) => {
    const { folder, path, unfinished, open } = await prepare(test);
    const { part } = downloadOf(folder, 0);
    const beginning = header + csv(0, 10);
    await writeFile(part, beginning);
    for (const early of [true, false]) {
      const opened = open(path);
      if (!early) assert.equal(contentOf(await opened.document.view()), "missing");
      unfinished.setStopped(task, [downloadOf(folder, beginning.length)], undefined);
      await until(async () => contentOf(await opened.document.view()) === "table");
      assert.equal((await opened.document.view()).notice?.kind, "paused");
      unfinished.ended(task);
    }
  });

  it("says that its download was discarded, and continues when it is downloaded again", async (test) => {
    const { folder, path, unfinished, open } = await prepare(test);
    const { part } = downloadOf(folder, 0);
    await writeFile(part, header + csv(0, 10));
    unfinished.grew(task, { ...downloadOf(folder, (await stat(part)).size), placed: false });
    const opened = open(path);
    await opened.document.view();
    await rm(part);
    unfinished.ended(task);
    assert.deepEqual(await notice(opened, "discarded"), { kind: "discarded" });
    const { taskFile } = opened.document;
    assert.deepEqual([taskFile?.accountId, taskFile?.taskId, taskFile?.file], [task.accountId, task.taskId, 0]);
    await writeFile(part, header + csv(50, 52));
    unfinished.grew(task, { ...downloadOf(folder, (await stat(part)).size), placed: false });
    await until(async () => (await firstCells(opened).catch(() => [])).join() === "50,51");
    assert.equal(opened.document.taskFile, undefined);
  });

  it("says why its download failed if nothing of it was kept", async (test) => {
    const { folder, path, unfinished, open } = await prepare(test);
    const { part } = downloadOf(folder, 0);
    await writeFile(part, header + csv(0, 10));
    unfinished.grew(task, { ...downloadOf(folder, (await stat(part)).size), placed: false });
    const opened = open(path);
    await opened.document.view();
    await rm(part);
    unfinished.ended(task, [0], "The checksum doesn't match.");
    assert.deepEqual(await notice(opened, "discarded"), { kind: "discarded", reason: "The checksum doesn't match." });
  });

  it("says under which name it was saved if its name was taken", async (test) => {
    const { folder, path, unfinished, open } = await prepare(test);
    const { part } = downloadOf(folder, 0);
    await writeFile(path, header + csv(900, 901));
    await writeFile(part, header + csv(0, 10));
    const { size } = await stat(part);
    unfinished.grew(task, { ...downloadOf(folder, size), placed: false });
    const other = open(path);
    const opened = open(part);
    assert.equal((await opened.document.view()).fileName, basename(path));
    assert.deepEqual(await firstCells(other), ["900"], "the file that has the name is not the download");
    const placed = join(folder, "export (2).csv");
    await rename(part, placed);
    unfinished.grew(task, { ...downloadOf(folder, size), path: placed, placed: true });
    assert.deepEqual(opened.placedElsewhere, [placed]);
    assert.deepEqual(other.placedElsewhere, []);
  });
});
