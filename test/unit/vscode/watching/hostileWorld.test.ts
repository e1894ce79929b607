import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { ExportError } from "../../../../src/model/exportError.ts";
import { failureOf } from "../../download/downloading.ts";
import { until, watchedTask, world } from "./watchingWindow.ts";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const one = (): number => 1;
const diskFull = (): Promise<never> =>
  Promise.reject(Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" }));

describe("watching, if the list can't be written", () => {
  it("downloads a finished export once, and ends and tells as soon as the list can be written again", async (context) => {
    const { clock, service, open } = await world(context);
    const window = open();
    const remove = window.list.remove.bind(window.list);
    window.list.remove = diskFull;
    service.set({ id: "1", state: "done" });
    await window.list.add({ ...watchedTask("1", clock), state: "done" });
    await clock.pass(hour, one);
    assert.deepEqual(window.downloaded, ["1"]);
    assert.deepEqual(window.told, []);
    window.list.remove = remove;
    await clock.pass(10 * minute, () => (window.told.length > 0 ? 0 : 1));
    await until(() => window.told.length > 0);
    assert.deepEqual([window.downloaded, window.told.map(({ kind }) => kind)], [["1"], ["downloaded"]]);
  });

  it("downloads a new export of a kind once", async (context) => {
    const { clock, service, open } = await world(context);
    const window = open();
    const since = new Date(clock.now()).toISOString();
    const kind = { accountId: "a", label: "users", since, options: {}, kind: { subject: "users" } };
    await window.list.add({ ...kind, fetched: { taskId: "" } });
    await clock.asleep(one);
    window.list.update = diskFull;
    service.set({ id: "1", subject: "users", state: "done", completedAt: "2026-02-01T00:00:00Z" });
    await clock.pass(hour, one);
    assert.deepEqual(window.downloaded, ["1"]);
  });

  it("sends at most 120 requests an hour", async (context) => {
    const { clock, service, open } = await world(context);
    const window = open();
    window.list.setCheck = diskFull;
    service.set({ id: "1" });
    await window.list.add(watchedTask("1", clock));
    await clock.pass(hour, one);
    assert.ok(service.requests.length <= 120, `${service.requests.length} requests`);
    assert.ok(service.requests.length > 40, `${service.requests.length} requests`);
  });
});

describe("the budget of an account", () => {
  it("is not renewed when something else is watched again and again", async (context) => {
    const { clock, service, open } = await world(context);
    const window = open();
    service.set({ id: "1" });
    for (let n = 0; n < 200; n++) {
      await window.list.add(watchedTask("1", clock));
      await clock.pass(10 * second, one);
      await window.list.remove(() => true);
      await clock.pass(8 * second, () => 0);
    }
    assert.ok(service.requests.length <= 120, `${service.requests.length} requests`);
  });
});

describe("downloads that fail for a while", () => {
  it("are tried again within the budget of the account", async (context) => {
    const { clock, service, open } = await world(context);
    const window = open();
    window.download = () => Promise.reject(new ExportError("serviceUnavailable", "Down."));
    for (let n = 0; n < 40; n++) {
      service.set({ id: String(n), state: "done" });
      await window.list.add(watchedTask(String(n), clock));
    }
    const isOver = (): boolean => window.list.watched.length === 0;
    await clock.pass(hour - 1, () => (isOver() ? 0 : 1));
    const again = window.downloaded.length - 40;
    const looks = service.requests.reduce((sum, { what }) => sum + (what === "list" ? 2 : 1), 0);
    assert.ok(looks + again <= 120, `${looks} requests of looks, ${again} downloads that were tried again`);
    assert.ok(again > 20, `${again} downloads were tried again`);
  });
});

describe("a service that answers something else", () => {
  it("can't have another task downloaded than the one that is watched", async (context) => {
    const { clock, service, open } = await world(context);
    const window = open();
    service.set({ id: "2", state: "done" });
    const other = service.tasks.get("2");
    assert.ok(other);
    service.tasks.set("1", other);
    await window.list.add(watchedTask("1", clock));
    await until(() => window.downloaded.length > 0);
    assert.deepEqual(window.downloaded, ["1"]);
  });
});

describe("a service without dates that lists its tasks in another order each time", () => {
  it("has each failing export of a kind tried and told once", async (context) => {
    const { clock, service, open } = await world(context);
    const window = open();
    window.download = () => Promise.reject(new ExportError("noResultFile", "No file."));
    const since = new Date(clock.now()).toISOString();
    const kind = { accountId: "a", label: "users", since, options: {}, kind: { subject: "users" } };
    await window.list.add({ ...kind, fetched: { taskId: "" } });
    for (let n = 0; n < 20; n++) {
      service.tasks.clear();
      for (const id of n % 2 === 0 ? ["1", "2"] : ["2", "1"]) service.set({ id, subject: "users", state: "done" });
      await clock.pass(3 * minute, one);
    }
    assert.deepEqual([window.downloaded.toSorted(), window.told.length], [["1", "2"], 2]);
  });
});

describe("the file of what is watched, if something else has its name", () => {
  for (const [what, put] of [
    ["a pipe", (path: string) => void execFileSync("mkfifo", [path])],
    ["a link", (path: string) => symlink(`${path}.elsewhere`, path)],
    ["a huge file", (path: string) => writeFile(path, " ".repeat(5 * 1024 * 1024))],
  ] as const) {
    it(`replaces ${what}`, { skip: process.platform === "win32" && what !== "a huge file" }, async (context) => {
      const { clock, folder, open } = await world(context);
      const window = open([]);
      const path = join(folder, "watched.json");
      await mkdir(folder);
      await writeFile(`${path}.elsewhere`, "mine");
      await put(path);
      await window.list.look();
      await window.list.add(watchedTask("1", clock));
      assert.equal(window.list.watched.length, 1);
      assert.match(await readFile(path, "utf8"), /"taskId": "1"/);
      assert.equal(await readFile(`${path}.elsewhere`, "utf8"), "mine");
    });
  }

  it("never becomes larger than what is read again", async (context) => {
    const { clock, open } = await world(context);
    const window = open([]);
    await window.list.add(watchedTask("1", clock));
    const folder = `/${"x".repeat(5 * 1024 * 1024)}`;
    const refused = await failureOf(window.list.add({ ...watchedTask("2", clock), options: { folder } }));
    assert.equal(refused.code, "invalidRequest");
    const other = open([]);
    await other.list.look();
    assert.equal(other.list.watched.length, 1);
  });

  it("has nothing that would be left out when it is read again", async (context) => {
    const { clock, service, open } = await world(context);
    const window = open();
    const subject = "x".repeat(9000);
    service.set({ id: "1", state: "done", subject, completedAt: `2026-01-31 (${subject})` });
    const since = new Date(clock.now()).toISOString();
    await window.list.add({ accountId: "a", label: "", since, options: {}, kind: { subject } });
    await clock.asleep(one);
    const other = open([]);
    await other.list.look();
    assert.equal(other.list.watched.length, 1);
  });

  it("is not written with an entry that could not be read again", async (context) => {
    const { clock, open } = await world(context);
    const window = open([]);
    const refused = await failureOf(window.list.add({ ...watchedTask("1", clock), label: "x".repeat(3000) }));
    assert.equal(refused.code, "invalidRequest");
  });
});

describe("the clock of the computer", () => {
  it("can be set back for a day without an end of watching", async (context) => {
    const { clock, service, open } = await world(context);
    const window = open();
    service.set({ id: "1" });
    await window.list.add(watchedTask("1", clock));
    await clock.pass(minute, one);
    const before = service.requests.length;
    clock.setBack(24 * hour);
    window.changed.fire("a");
    await clock.pass(10 * minute, one);
    assert.ok(service.requests.length > before, "it is asked again");
  });

  it("can be set back after a download that failed for a while", async (context) => {
    const { clock, service, open } = await world(context);
    const window = open();
    service.set({ id: "1", state: "done" });
    window.download = () => Promise.reject(new ExportError("timeout", "Too slow."));
    await window.list.add(watchedTask("1", clock));
    await until(() => window.list.watched[0]?.problem?.code === "timeout");
    window.download = () => Promise.resolve();
    clock.setBack(24 * hour);
    window.changed.fire("a");
    await clock.pass(10 * minute, () => (window.told.length > 0 ? 0 : 1));
    await until(() => window.told.length > 0);
    assert.deepEqual(window.downloaded, ["1", "1"]);
  });
});
