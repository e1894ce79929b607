import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { describe, it, type TestContext } from "node:test";
import { IndexedTable } from "../../../../src/table/document/indexedTable.ts";
import { openText } from "../../../../src/table/document/openText.ts";
import { Landmarks } from "../../../../src/table/find/landmarks.ts";
import { createPlainScanner } from "../../../../src/table/scan/plainScanner.ts";
import { countHelper } from "../../../../src/table/worker/countHelper.ts";
import { HostedThread, threadData } from "../../../../src/table/worker/hostedThread.ts";
import { indexHelper } from "../../../../src/table/worker/indexHelper.ts";
import type {
  CountedMatches,
  FindEvents,
  FindRequests,
  TableEvents,
  TableRequests,
} from "../../../../src/table/worker/tableMessages.ts";
import { tablePrograms } from "../file/tablePrograms.ts";

const never = new AbortController().signal;
const line = "1,foo\n";
const lines = 200_000;
const header = "id,name\n";

/** A file of about one MiB, with its division and index. */
async function indexedFile(test: TestContext) {
  const folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-helpers-"));
  const file = path.join(folder, "export.csv");
  await writeFile(file, header + line.repeat(lines));
  const opened = openText({ path: file, growing: false, readAs: {} }, createPlainScanner());
  if (opened.kind !== "text") assert.fail("It is a table.");
  const table = new IndexedTable(opened.text, opened.head, { version: 1, growing: false });
  while (table.step(1 << 20));
  test.after(async () => {
    table.close();
    await rm(folder, { recursive: true });
  });
  return { file, table, division: opened.text.division, id: opened.text.source.id };
}

function tableThread(test: TestContext): HostedThread<TableRequests, TableEvents> {
  const thread = new HostedThread<TableRequests, TableEvents>(tablePrograms.tableWorker, threadData(tablePrograms));
  test.after(() => thread.terminate());
  return thread;
}

function findThread(test: TestContext): HostedThread<FindRequests, FindEvents> {
  const thread = new HostedThread<FindRequests, FindEvents>(tablePrograms.findWorker, threadData(tablePrograms));
  test.after(() => thread.terminate());
  return thread;
}

describe("A thread that indexes the end of a file", () => {
  it("answers what it indexed from a row on, and ends", async (test) => {
    const { file, division, id } = await indexedFile(test);
    const thread = tableThread(test);
    const size = header.length + line.length * lines;
    const from = header.length + line.length * 150_000;
    const helper = indexHelper(thread, { path: file, id, size, division, from }, never);
    assert.equal(helper.from, from);
    const tail = await helper.tail;
    assert.deepEqual([tail?.endedRows, tail?.anchors[0], tail?.anchors[1]], [50_000, from, 0]);
    await assert.rejects(thread.ask("rest", { ms: 0 }), { code: "cancelled" });
    helper.rest(0);
  });

  it("answers nothing if it fails or is canceled", async (test) => {
    const { file, division, id } = await indexedFile(test);
    const request = { path: `${file}.gone`, id, size: 100, division, from: 8 };
    assert.equal(await indexHelper(tableThread(test), request, never).tail, undefined);
    const canceled = AbortSignal.abort();
    assert.equal(await indexHelper(tableThread(test), { ...request, path: file }, canceled).tail, undefined);
  });

  it("pauses until the pause is ended", async (test) => {
    const { file, division, id } = await indexedFile(test);
    const size = header.length + line.length * lines;
    const helper = indexHelper(tableThread(test), { path: file, id, size, division, from: header.length }, never);
    helper.rest(60_000);
    helper.rest(0);
    assert.equal((await helper.tail)?.endedRows, lines);
  });
});

describe("A thread that counts matches from the end of a file", () => {
  const pattern = { text: "foo", regex: false, caseSensitive: true, wholeWord: false };

  it("reports every interval, and ends", async (test) => {
    const { file, table, division } = await indexedFile(test);
    const { landmarks } = table;
    const thread = findThread(test);
    const counted: CountedMatches[] = [];
    const { intervals } = new Landmarks(landmarks);
    await new Promise<void>((resolve) => {
      countHelper(thread, { file: { path: file, division, landmarks }, pattern }, (some) => {
        counted.push(some);
        if (some.from === 0) resolve();
      });
    });
    const matches = counted.toReversed().flatMap((each) => each.matches);
    assert.equal(matches.length, intervals);
    // What follows the last landmark is in no interval.
    const last = landmarks.at(-1) ?? 0;
    assert.equal(
      matches.reduce<number>((sum, more) => sum + (more ?? 0), 0),
      last,
    );
  });

  it("is ended at once, or by its failure", async (test) => {
    const { file, table, division } = await indexedFile(test);
    const { landmarks } = table;
    const [ended, failing] = [findThread(test), findThread(test)];
    countHelper(ended, { file: { path: file, division, landmarks }, pattern }, () => undefined).end();
    await assert.rejects(ended.ask("end", null), { code: "cancelled" });
    countHelper(failing, { file: { path: `${file}.gone`, division, landmarks }, pattern }, () => undefined);
    // Requests are answered in order, so the failure comes before this answer.
    await failing.ask("end", null).catch(() => undefined);
    await assert.rejects(failing.ask("end", null), { code: "cancelled" });
  });
});
