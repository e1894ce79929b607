import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { DownloadedExport } from "../../../../../src/vscode/downloads/downloadHistory.ts";
import {
  arrangeDownloads,
  type DownloadArrangement,
  downloadGroupings,
} from "../../../../../src/vscode/downloads/list/arrangeDownloads.ts";
import type { TaskOrigin } from "../../../../../src/vscode/downloads/taskOrigins.ts";
import { loopUse } from "../../../model/loopTurns.ts";

const { signal } = new AbortController();

function record(number: number, change: Partial<DownloadedExport> = {}): DownloadedExport {
  return {
    accountId: "a1",
    taskId: String(number),
    uri: `file:///exports/${number}.csv`,
    index: 0,
    name: `export-${number}.csv`,
    bytes: 10,
    sha256: "ab",
    verified: "length",
    at: new Date(Date.UTC(2026, 10, 20, 12) - number * 3_600_000).toISOString(),
    ...change,
  };
}

const transactions: TaskOrigin = { account: "Shop", description: "Nightly", subject: "transactions", format: "csv" };
const users: TaskOrigin = { account: "Shop", description: "People of May", subject: "users", format: "json" };
const byTask: Partial<Record<string, TaskOrigin>> = { "1": transactions, "2": users, "3": transactions };
const originOf = ({ taskId }: DownloadedExport): TaskOrigin => byTask[taskId] ?? {};
const records = [record(1), record(2), record(3), record(4)];

async function arranged(change: Partial<DownloadArrangement>, of = records) {
  const all = await arrangeDownloads(of, originOf, { filter: {}, grouping: "none", ...change }, signal);
  return { ...all, tasks: all.groups.map(({ downloads }) => downloads.map((each) => each.record.taskId).join()) };
}

describe("Downloaded files", () => {
  it("are one list without a grouping, and none without a file", async () => {
    assert.deepEqual((await arranged({})).tasks, ["1,2,3,4"]);
    assert.deepEqual((await arranged({}, [])).tasks, []);
  });

  it("are grouped by what their tasks export, in the order of the newest, and those of which nothing is known last", async () => {
    const unknownFirst = [record(0), ...records];
    assert.deepEqual((await arranged({ grouping: "kind" }, unknownFirst)).tasks, ["1,3", "2", "0,4"]);
    const otherShop = [...records, record(3, { accountId: "a2", uri: "file:///other.csv" })];
    assert.deepEqual((await arranged({ grouping: "kind" }, otherShop)).tasks, ["1,3", "2", "3", "4"]);
  });

  it("are grouped by the day of the download in the person's time zone", async () => {
    const noon = new Date(2026, 10, 20, 12).getTime();
    const on = (hoursBefore: number): DownloadedExport =>
      record(hoursBefore, { at: new Date(noon - hoursBefore * 3_600_000).toISOString() });
    const { groups } = await arranged({ grouping: "day" }, [on(0), on(11), on(13)]);
    assert.deepEqual(
      groups.map(({ key, downloads }) => [key, downloads.length]),
      [
        ["2026-11-20", 2],
        ["2026-11-19", 1],
      ],
    );
  });

  it("are counted with their size, as a whole, in each group, and as far as they pass the filter", async () => {
    const { count, bytes, all, groups } = await arranged({ filter: { text: "transactions" }, grouping: "kind" });
    assert.deepEqual([count, bytes, all, groups[0]?.bytes], [2, 20, 4, 20]);
  });

  it("pass a filter if each of its words is in the name, the task, the account or the content", async () => {
    for (const [text, tasks] of [
      ["", "1,2,3,4"],
      ["  ", "1,2,3,4"],
      ["EXPORT-4", "4"],
      ["people", "2"],
      ["shop nightly", "1,3"],
      ["json users", "2"],
      ["shop nowhere", undefined],
    ] as const)
      assert.equal((await arranged({ filter: { text } })).tasks[0], tasks, text);
  });

  it("are told apart by their numbers if the files of a task are several", async () => {
    const { groups } = await arranged({}, [record(1), record(2), record(2, { index: 1, uri: "file:///second.csv" })]);
    assert.deepEqual(
      groups[0]?.downloads.map(({ isOneOfSeveral }) => isOneOfSeveral),
      [false, true, true],
    );
  });

  it("are marked if a newer copy of the same file was downloaded", async () => {
    const copies = [record(1), record(1, { uri: "file:///older.csv" }), record(1, { index: 1 }), record(2)];
    const { groups } = await arranged({}, copies);
    assert.deepEqual(
      groups[0]?.downloads.map(({ isOlderCopy }) => isOlderCopy),
      [false, true, false, false],
    );
  });
});

describe("10,000 downloaded files", () => {
  const many = Array.from({ length: 10_000 }, (_none, at) => record(at % 9000, { uri: `file:///${at}.csv` }));
  const origin = ({ taskId }: DownloadedExport): TaskOrigin => ({ ...transactions, subject: `kind ${taskId}` });

  for (const grouping of downloadGroupings) {
    it(`are filtered and grouped by ${grouping} in short pieces`, async () => {
      const arrangement = { filter: { text: "shop kind" }, grouping };
      const { turns } = await loopUse(() => arrangeDownloads(many, origin, arrangement, signal));
      // They are listed, filtered and grouped; each time, others have a turn after at most eight files.
      assert.ok(turns > (3 * many.length) / 8 - 10, `only ${turns} turns`);
    });
  }
});
