import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { cancelled } from "../../../../src/model/exportError.ts";
import { until, watchedTask, world } from "./watchingWindow.ts";

const one = (): number => 1;

describe("watching in several windows", () => {
  it("asks in one of them, and downloads and tells once", async (context) => {
    const { clock, service, open } = await world(context);
    const first = open();
    const second = open();
    service.set({ id: "1" });
    await first.list.add(watchedTask("1", clock));
    await clock.asleep(one);
    await second.list.look();
    await clock.pass(20_000, () => 2);
    const times = service.requests.map(({ at }) => at);
    assert.equal(new Set(times).size, times.length, "never twice at the same time");
    service.set({ id: "1", state: "done" });
    await clock.pass(3000, () => (first.told.length > 0 ? 0 : 2));
    await until(() => first.told.length + second.told.length > 0);
    await second.list.look();
    assert.deepEqual([...first.downloaded, ...second.downloaded], ["1"]);
    assert.deepEqual(second.list.watched, []);
    assert.deepEqual(second.told, []);
  });

  it("goes on in another one when the first is closed", async (context) => {
    const { clock, service, open } = await world(context);
    const first = open();
    const second = open();
    service.set({ id: "1" });
    await first.list.add(watchedTask("1", clock));
    await clock.asleep(one);
    await second.list.look();
    await clock.asleep(() => 2);
    first.close();
    service.set({ id: "1", state: "done" });
    await until(() => clock.sleepers === 1);
    await clock.pass(15_000, () => (second.told.length > 0 ? 0 : 1));
    await until(() => second.told.length > 0);
    assert.deepEqual(second.downloaded, ["1"]);
    assert.deepEqual(first.told, []);
  });

  it("goes on after a window that died without a word", async (context) => {
    const { clock, service, folder, open } = await world(context);
    const first = open([]);
    service.set({ id: "1", state: "done" });
    await first.list.add(watchedTask("1", clock));
    first.close();
    const dead = JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), token: "dead" });
    // The SHA-256 of the account's ID.
    await writeFile(join(folder, "ca978112ca1bbdca.lock"), dead);
    const second = open();
    await second.list.look();
    await until(() => second.told.length > 0);
    assert.deepEqual(second.downloaded, ["1"]);
  });

  it("stops in a window whose lock another one has taken", async (context) => {
    const { clock, service, folder, open } = await world(context);
    const window = open();
    service.set({ id: "1" });
    await window.list.add(watchedTask("1", clock));
    await clock.asleep(one);
    const other = JSON.stringify({ pid: process.ppid, host: hostname(), token: "another" });
    await writeFile(join(folder, "ca978112ca1bbdca.lock"), other);
    // It notices with the next touch of its lock, and then tries to get it back.
    await until(() => clock.soonest === clock.now());
    const asked = service.requests.length;
    await clock.pass(10_000, one);
    assert.equal(service.requests.length, asked);
    assert.equal(window.list.watched.length, 1);
  });

  it("survives a reload during the download, which runs again then", async (context) => {
    const { clock, service, open } = await world(context);
    const first = open();
    service.set({ id: "1", state: "done" });
    let abort: (error: Error) => void = () => undefined;
    first.download = () => new Promise((_resolve, reject) => (abort = reject));
    await first.list.add(watchedTask("1", clock));
    await until(() => first.downloaded.length > 0);
    first.close();
    abort(cancelled());
    const second = open();
    await second.list.look();
    assert.equal(second.list.watched.length, 1);
    await clock.pass(10_000, () => (second.told.length > 0 ? 0 : 1));
    await until(() => second.told.length > 0);
    assert.deepEqual(second.downloaded, ["1"]);
  });
});
