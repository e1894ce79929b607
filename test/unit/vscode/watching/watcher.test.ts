import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { cancelled, ExportError } from "../../../../src/model/exportError.ts";
import { until, watchedTask, world } from "./watchingWindow.ts";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const one = (): number => 1;

describe("watching a task", () => {
  it("downloads it once when it is done, and then asks nothing anymore", async (context) => {
    const { clock, service, open } = await world(context);
    const window = open();
    service.set({ id: "1" });
    await window.list.add(watchedTask("1", clock));
    await clock.pass(10 * second, one);
    assert.deepEqual(window.downloaded, []);
    service.set({ id: "1", state: "done" });
    await clock.pass(2 * second, () => (window.told.length > 0 ? 0 : 1));
    await until(() => window.told.length > 0);
    assert.deepEqual(window.downloaded, ["1"]);
    assert.deepEqual(window.list.watched, []);
    assert.equal(window.told[0]?.kind, "downloaded");
    const asked = service.requests.length;
    await until(() => clock.sleepers === 0);
    await clock.pass(hour, () => 0);
    assert.equal(service.requests.length, asked);
  });

  it("asks every two seconds at first, and every two minutes in the end", async (context) => {
    const { clock, service, open } = await world(context);
    const window = open();
    service.set({ id: "1" });
    await window.list.add(watchedTask("1", clock));
    await clock.pass(hour, one);
    const times = service.requests.map(({ at }) => at);
    const pauses = times.slice(1).map((at, place) => at - (times[place] ?? 0));
    assert.deepEqual(pauses.slice(0, 5), [2000, 2000, 2000, 2000, 2000]);
    assert.equal(pauses.at(-1), 2 * minute);
    assert.ok(
      pauses.every((pause, at) => pause >= (pauses[at - 1] ?? 0)),
      "the pauses grow",
    );
  });

  it("says that it failed, with the log that the list doesn't have", async (context) => {
    const { clock, service, open } = await world(context);
    const window = open();
    for (const id of ["1", "2"]) service.set({ id });
    await window.list.add(watchedTask("1", clock));
    await window.list.add(watchedTask("2", clock));
    service.set({ id: "1", state: "failed", log: ["the disk is full"] });
    await clock.pass(4 * second, one);
    await until(() => window.told.length > 0);
    const [told] = window.told;
    assert.ok(told?.kind === "failed");
    assert.deepEqual(told.task.log, ["the disk is full"]);
    assert.deepEqual(
      window.list.watched.map(({ label }) => label),
      ["Task 2"],
    );
    assert.deepEqual(window.downloaded, []);
  });

  it("says once that the service doesn't know it", async (context) => {
    const { clock, service, open } = await world(context);
    const window = open();
    service.failure = new ExportError("taskNotFound", "There is no such task.");
    await window.list.add(watchedTask("1", clock));
    await until(() => window.told.length > 0);
    assert.equal(window.told[0]?.kind, "refused");
    assert.deepEqual(window.list.watched, []);
  });

  it("tries a download again later if it failed for a while, and gives up if it failed for good", async (context) => {
    const { clock, service, open } = await world(context);
    const window = open();
    service.set({ id: "1", state: "done" });
    window.download = () => Promise.reject(new ExportError("timeout", "Too slow."));
    await window.list.add(watchedTask("1", clock));
    await until(() => window.list.watched[0]?.problem?.code === "timeout");
    assert.deepEqual(window.told, []);
    window.download = () => Promise.reject(new ExportError("noResultFile", "No file."));
    await clock.pass(minute, () => (window.told.length > 0 ? 0 : 1));
    await until(() => window.told.length > 0);
    assert.deepEqual(
      window.told.map(({ kind }) => kind),
      ["refused"],
    );
    assert.deepEqual(window.downloaded, ["1", "1"]);
  });

  it("ends without a word when the person cancels the download", async (context) => {
    const { clock, service, open } = await world(context);
    const window = open();
    service.set({ id: "1", state: "done" });
    window.download = () => Promise.reject(cancelled());
    await window.list.add(watchedTask("1", clock));
    await until(() => window.downloaded.length > 0 && window.list.watched.length === 0);
    assert.deepEqual(window.told, []);
  });
});

describe("the requests of watching", () => {
  it("are at most 120 an hour for each of two accounts with 25 watched tasks, also if new ones come all the time", async (context) => {
    const { clock, service, open } = await world(context);
    const window = open();
    for (const accountId of ["a", "b"]) {
      for (let n = 0; n < 25; n++) service.set({ id: `${accountId}${n}`, accountId });
      // Half of them are on no first page.
      for (let n = 0; n < 25; n += 2) service.old.add(`${accountId}${n}`);
    }
    let expected = 0;
    for (let n = 0; n < 25; n++) {
      for (const accountId of ["a", "b"]) await window.list.add(watchedTask(`${accountId}${n}`, clock, accountId));
      expected = 2;
      await clock.pass((hour - 1) / 25, () => expected);
    }
    for (const accountId of ["a", "b"]) {
      // A page can take two.
      const asked = service.requests.filter((request) => request.accountId === accountId);
      const sent = asked.reduce((sum, { what }) => sum + (what === "list" ? 2 : 1), 0);
      assert.ok(sent <= 120, `${sent} requests`);
      assert.ok(sent >= 60, `${sent} requests are enough to notice something`);
      const seen = new Set(asked.map(({ what }) => what));
      // The last one has just come.
      for (let n = 0; n < 24; n += 2) assert.ok(seen.has(`${accountId}${n}`), `${accountId}${n} was asked for`);
    }
  });

  it("are announced for the time at which they are sent, also when they have become scarce", async (context) => {
    const { clock, service, open } = await world(context);
    const window = open();
    for (const id of ["1", "2", "3"]) {
      service.set({ id });
      service.old.add(id);
      await window.list.add(watchedTask(id, clock));
    }
    await clock.pass(minute, one);
    const before = service.requests.length;
    const { next } = window.list.check("a");
    assert.ok(next !== undefined, "not every few seconds");
    await clock.pass(10 * minute, one);
    const nextAt = service.requests[before]?.at ?? 0;
    assert.ok(Math.abs(nextAt - Date.parse(next)) < second, `${new Date(nextAt).toISOString()}, not ${next}`);
  });

  it("wait as long as the service asks, even if another task is watched meanwhile", async (context) => {
    const { clock, service, open } = await world(context);
    const window = open();
    service.set({ id: "1" });
    service.set({ id: "2" });
    service.failure = new ExportError("tooManyRequests", "Too many.", { details: { retryAfterMs: 30 * minute } });
    await window.list.add(watchedTask("1", clock));
    await clock.asleep(one);
    assert.equal(service.requests.length, 1);
    const askedAt = clock.now();
    await window.list.add(watchedTask("2", clock));
    await clock.pass(29 * minute, one);
    assert.equal(service.requests.length, 1);
    assert.equal(window.list.check("a").problem?.code, "tooManyRequests");
    service.failure = undefined;
    await clock.pass(2 * minute, one);
    assert.ok(service.requests.some(({ at }) => at > askedAt + 30 * minute - 1));
    assert.equal(window.list.check("a").problem, undefined);
  });

  it("are sent every two minutes while there is no network", async (context) => {
    const { clock, service, open } = await world(context);
    const window = open();
    service.set({ id: "1" });
    service.failure = new ExportError("offline", "No network.");
    await window.list.add(watchedTask("1", clock));
    await clock.pass(10 * minute, one);
    assert.equal(service.requests.length, 6);
    assert.equal(window.list.check("a").problem?.code, "offline");
  });

  it("become rarer after failures", async (context) => {
    const { clock, service, open } = await world(context);
    const window = open();
    service.set({ id: "1" });
    service.failure = new ExportError("serviceUnavailable", "Down.");
    await window.list.add(watchedTask("1", clock));
    await clock.pass(hour, one);
    assert.ok(service.requests.length <= 12, `${service.requests.length} requests`);
  });

  it("are one, and no burst, after the computer slept", async (context) => {
    const { clock, service, open } = await world(context);
    const window = open();
    service.set({ id: "1" });
    await window.list.add(watchedTask("1", clock));
    await clock.pass(minute, one);
    const before = service.requests.length;
    clock.jump(8 * hour);
    await clock.pass(minute, one);
    assert.equal(service.requests.length, before + 1);
  });

  it("stop when the credentials are refused, until they are replaced", async (context) => {
    const { clock, service, open } = await world(context);
    const window = open();
    service.set({ id: "1" });
    service.failure = new ExportError("unauthorized", "Refused.");
    await window.list.add(watchedTask("1", clock));
    await until(() => window.list.check("a").problem !== undefined);
    // What was asked of the list before is done then, so the watcher has come to its wait.
    await window.list.look();
    await clock.pass(hour, () => 0);
    assert.equal(service.requests.length, 1);
    service.failure = undefined;
    window.changed.fire("a");
    await until(() => service.requests.length > 1);
    await until(() => window.list.check("a").problem === undefined);
  });

  it("are not sent for an account that this window doesn't know, and its tasks stay watched", async (context) => {
    const { clock, service, open } = await world(context);
    const window = open(["b"]);
    await window.list.add(watchedTask("1", clock));
    await clock.pass(hour, () => 0);
    assert.deepEqual(service.requests, []);
    assert.equal(window.list.watched.length, 1);
  });

  it("end with the account, whose tasks are not watched anymore", async (context) => {
    const { clock, service, open } = await world(context);
    const window = open();
    service.set({ id: "1" });
    await window.list.add(watchedTask("1", clock));
    await window.list.add(watchedTask("2", clock, "b"));
    await clock.asleep(() => 2);
    window.accounts.delete("a");
    window.changed.fire("a");
    await until(() => window.list.watched.length === 1);
    assert.deepEqual(
      window.list.watched.map(({ accountId }) => accountId),
      ["b"],
    );
    await until(() => clock.sleepers === 1);
  });

  it("are never sent while nothing is watched, and there is no timer", async (context) => {
    const { clock, service, open } = await world(context);
    const window = open();
    await window.list.look();
    assert.equal(clock.sleepers, 0);
    assert.deepEqual(service.requests, []);
  });
});

describe("watching a kind of task", () => {
  const since = "2026-01-31T12:00:00.000Z";
  const kind = { accountId: "a", label: "transactions", since, options: {}, kind: { subject: "transactions" } };
  const finished = (id: string, completedAt: string) =>
    ({ id, subject: "transactions", state: "done", completedAt }) as const;

  it("downloads each new export once, and stays watched", async (context) => {
    const { clock, service, open } = await world(context);
    const window = open();
    service.set(finished("1", "2026-01-01T00:00:00Z"));
    await window.list.add({ ...kind, fetched: { taskId: "1", at: "2026-01-01T00:00:00Z" } });
    await clock.pass(3 * minute, one);
    assert.deepEqual(window.downloaded, []);
    service.set(finished("0", "2025-12-01T00:00:00Z"));
    service.set({ ...finished("9", "2026-03-01T00:00:00Z"), subject: "users" });
    service.set(finished("2", "2026-02-01T00:00:00Z"));
    await clock.pass(3 * minute, one);
    await until(() => window.told.length > 0);
    await clock.pass(3 * minute, one);
    assert.deepEqual(window.downloaded, ["2"]);
    assert.equal(window.list.watched.length, 1);
  });

  it("downloads no export that a person has downloaded, or that is watched itself", async (context) => {
    const { clock, service, open } = await world(context);
    const window = open();
    await window.list.add({ ...kind, fetched: { taskId: "1", at: "2026-01-01T00:00:00Z" } });
    window.byPerson.add("2");
    service.set(finished("2", "2026-02-01T00:00:00Z"));
    await clock.pass(3 * minute, one);
    assert.deepEqual(window.downloaded, []);
    service.set({ ...finished("3", "2026-03-01T00:00:00Z"), state: "running" });
    await window.list.add(watchedTask("3", clock));
    service.set({ id: "3", state: "done" });
    await clock.pass(3 * minute, one);
    assert.deepEqual(window.downloaded, ["3"]);
  });

  it("counts what is there at first as old", async (context) => {
    const { clock, service, open } = await world(context);
    const window = open();
    service.set(finished("1", "2026-01-01T00:00:00Z"));
    await window.list.add(kind);
    await clock.pass(3 * minute, one);
    assert.deepEqual(window.downloaded, []);
    service.set(finished("2", "2026-02-01T00:00:00Z"));
    await clock.pass(3 * minute, one);
    assert.deepEqual(window.downloaded, ["2"]);
  });
});

describe("the file of what is watched", () => {
  it("has neither secrets nor URLs, even after failures", async (context) => {
    const { clock, service, folder, open } = await world(context);
    const window = open();
    service.failure = Object.assign(new Error("GET https://store.example/x?sig=abc with token-secret"), {});
    await window.list.add(watchedTask("1", clock));
    await until(() => window.list.check("a").problem !== undefined);
    const text = await readFile(join(folder, "watched.json"), "utf8");
    assert.doesNotMatch(text, /https?:|secret|sig=/);
    assert.match(text, /internal/);
  });
});
