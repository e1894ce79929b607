import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { describe, it } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import { type Caller, SharedDownloads } from "../../../src/download/sharedDownloads.ts";
import type { FileEvent } from "../../../src/download/taskEvents.ts";
import { later } from "./later.ts";

/** A caller, what it heard, and how to make it leave. */
function someone(keepPart = true) {
  const abort = new AbortController();
  const heard: FileEvent[] = [];
  const caller: Caller = {
    signal: abort.signal,
    onEvent: (event) => heard.push(event),
    keepPartOnCancel: () => keepPart,
  };
  return { caller, heard, leave: () => abort.abort() };
}

/** A download that a test ends itself. */
function openDownload() {
  const { promise, resolve, reject } = later<string>();
  const begun: Caller[] = [];
  const start = (all: Caller): Promise<string> => {
    begun.push(all);
    return promise;
  };
  return { start, begun, resolve, reject };
}

function progress(receivedBytes: number): FileEvent {
  return { kind: "progress", progress: { file: 0, files: 1, name: "a", phase: "downloading", receivedBytes } };
}

const written: FileEvent = { kind: "written", written: { file: 0, part: "p", path: "a", bytes: 1, placed: false } };

describe("a file that several callers want", () => {
  it("is downloaded once, and all of them get the result", async () => {
    const shared = new SharedDownloads<string>();
    const { start, begun, resolve } = openDownload();
    const all = [someone(), someone()].map(({ caller }) => shared.run("key", caller, start));
    await nextTurn();
    assert.equal(begun.length, 1);
    resolve("whole");
    assert.deepEqual(await Promise.all(all), ["whole", "whole"]);
  });

  it("fails for all of them", async () => {
    const shared = new SharedDownloads<string>();
    const { start, reject } = openDownload();
    const all = [someone(), someone()].map(({ caller }) => shared.run("key", caller, start));
    reject(new Error("lost"));
    for (const each of await Promise.allSettled(all))
      assert.equal(String((each as PromiseRejectedResult).reason), "Error: lost");
  });

  it("is another download under another key", async () => {
    const shared = new SharedDownloads<string>();
    const { start, begun, resolve } = openDownload();
    const all = ["one", "other"].map((key) => shared.run(key, someone().caller, start));
    await nextTurn();
    assert.equal(begun.length, 2);
    resolve("whole");
    await Promise.all(all);
  });

  it("is running until its result is there, and then starts anew", async () => {
    const shared = new SharedDownloads<string>();
    const first = openDownload();
    assert.equal(shared.isRunning("key"), false);
    const waiting = shared.run("key", someone().caller, first.start);
    assert.equal(shared.isRunning("key"), true);
    assert.equal(shared.isRunning("other"), false);
    first.resolve("whole");
    await waiting;
    assert.equal(shared.isRunning("key"), false);
    const failing = openDownload();
    const failed = shared.run("key", someone().caller, failing.start);
    failing.reject(new Error("lost"));
    await assert.rejects(failed, /lost/);
    assert.equal(shared.isRunning("key"), false);
    assert.equal(await shared.run("key", someone().caller, () => Promise.resolve("again")), "again");
  });

  it("fails for its caller if it can't even start", async () => {
    const shared = new SharedDownloads<string>();
    const start = (): Promise<string> => {
      throw new Error("no start");
    };
    await assert.rejects(shared.run("key", someone().caller, start), /no start/);
    assert.equal(shared.isRunning("key"), false);
  });
});

describe("the events of a shared download", () => {
  it("reach everyone who takes part, the first caller from the first event on", async () => {
    const shared = new SharedDownloads<string>();
    const [one, other] = [someone(), someone()];
    const { promise, resolve } = later<string>();
    let all: Caller | undefined;
    const first = shared.run("key", one.caller, (every) => {
      all = every;
      every.onEvent(progress(1));
      return promise;
    });
    await nextTurn();
    const second = shared.run("key", other.caller, () => promise);
    await nextTurn();
    all?.onEvent(progress(2));
    resolve("whole");
    await Promise.all([first, second]);
    assert.deepEqual(one.heard, [progress(1), progress(2)]);
    assert.deepEqual(other.heard, [progress(1), progress(2)]);
  });

  it("include the last of each kind for somebody who joins later, and end for somebody who left", async () => {
    const shared = new SharedDownloads<string>();
    const [one, other] = [someone(), someone()];
    const { start, begun, resolve } = openDownload();
    const first = shared.run("key", one.caller, start);
    await nextTurn();
    for (const event of [progress(1), written, progress(2)]) begun[0]?.onEvent(event);
    const second = shared.run("key", other.caller, start);
    await nextTurn();
    assert.deepEqual(other.heard, [progress(2), written]);
    other.leave();
    await assert.rejects(second, { code: "cancelled" });
    begun[0]?.onEvent(progress(3));
    assert.equal(other.heard.length, 2);
    assert.equal(one.heard.length, 4);
    resolve("whole");
    await first;
    begun[0]?.onEvent(progress(4));
    assert.equal(one.heard.length, 4, "nobody listens after the end");
  });
});

describe("a caller that leaves a shared download", () => {
  it("doesn't end it for the others", async () => {
    const shared = new SharedDownloads<string>();
    const [one, other] = [someone(false), someone()];
    const { start, begun, resolve } = openDownload();
    const first = shared.run("key", one.caller, start);
    const second = shared.run("key", other.caller, start);
    await nextTurn();
    one.leave();
    await assert.rejects(first, { code: "cancelled" });
    assert.equal(begun[0]?.signal.aborted, false);
    assert.equal(shared.isRunning("key"), true);
    resolve("whole");
    assert.equal(await second, "whole");
    assert.equal(getEventListeners(other.caller.signal, "abort").length, 0);
  });

  for (const keepPart of [true, false]) {
    it(`ends it as the last one, waits for that, and ${keepPart ? "keeps" : "discards"} the part as it says`, async () => {
      const shared = new SharedDownloads<string>();
      const [one, other] = [someone(!keepPart), someone(keepPart)];
      const { start, begun, reject } = openDownload();
      const first = shared.run("key", one.caller, start);
      const last = shared.run("key", other.caller, start);
      await nextTurn();
      assert.ok(begun[0]);
      assert.equal(begun[0].keepPartOnCancel(), true);
      one.leave();
      other.leave();
      await assert.rejects(first, { code: "cancelled" });
      assert.equal(begun[0].signal.aborted, true);
      assert.equal(begun[0].keepPartOnCancel(), keepPart);
      assert.equal(shared.isRunning("key"), false, "nobody can join any more");
      reject(new Error("ended"));
      await assert.rejects(last, /ended/);
    });
  }

  it("may have left before it joins", async () => {
    const shared = new SharedDownloads<string>();
    const one = someone();
    one.leave();
    const start = ({ signal }: Caller): Promise<string> => Promise.resolve(signal.aborted ? "ended" : "running");
    assert.equal(await shared.run("key", one.caller, start), "ended");
  });

  it("lets a later caller start anew, but only after the part is kept or removed", async () => {
    const shared = new SharedDownloads<string>();
    const [one, later] = [someone(), someone()];
    const [ending, fresh] = [openDownload(), openDownload()];
    const first = shared.run("key", one.caller, ending.start);
    await nextTurn();
    one.leave();
    const second = shared.run("key", later.caller, fresh.start);
    await nextTurn();
    assert.equal(fresh.begun.length, 0);
    ending.reject(new Error("ended"));
    await assert.rejects(first, /ended/);
    await nextTurn();
    assert.equal(fresh.begun.length, 1);
    fresh.resolve("whole");
    assert.equal(await second, "whole");
  });
});
