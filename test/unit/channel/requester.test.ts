import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { answererOn, calcHandlers, OpenPort, requesterOn, settled, twoPorts } from "./conversation.ts";

describe("A request over a channel", () => {
  it("is answered by the other side's handler", async (test) => {
    const { asking, answering } = twoPorts(test);
    answererOn(answering);
    const requester = requesterOn(asking);
    assert.deepEqual(await Promise.all([requester.ask("add", [1, 2]), requester.ask("add", [3, 4])]), [3, 7]);
  });

  it("gets its own answer, even if other answers arrive first", async () => {
    const port = new OpenPort();
    const requester = requesterOn(port);
    const both = Promise.all([requester.ask("add", [1, 1]), requester.ask("add", [2, 2])]);
    assert.deepEqual(port.posted, [
      { type: "request", id: 1, name: "add", argument: [1, 1] },
      { type: "request", id: 2, name: "add", argument: [2, 2] },
    ]);
    port.receive({ type: "answer", id: 2, answer: 4 });
    port.receive({ type: "answer", id: 1, answer: 2 });
    assert.deepEqual(await both, [2, 4]);
  });

  it("is rejected with the code and message of the refusal", async (test) => {
    const { asking, answering } = twoPorts(test);
    answererOn(answering);
    await assert.rejects(requesterOn(asking).ask("fail", "No."), { code: "asked", message: "No." });
  });

  it("is rejected at once when its signal is aborted, and the other side stops working on it", async (test) => {
    const { asking, answering } = twoPorts(test);
    const signals: AbortSignal[] = [];
    answererOn(answering, { handlers: calcHandlers(signals) });
    const requester = requesterOn(asking);
    const stop = new AbortController();
    const waiting = requester.ask("wait", null, stop.signal);
    await requester.ask("add", [0, 0]);
    stop.abort();
    await assert.rejects(waiting, { code: "cancelled" });
    await requester.ask("add", [0, 0]);
    assert.equal(signals[0]?.aborted, true);
  });

  it("is not sent if its signal is already aborted", async () => {
    const port = new OpenPort();
    await assert.rejects(requesterOn(port).ask("wait", null, AbortSignal.abort()), { code: "cancelled" });
    assert.deepEqual(port.posted, []);
  });

  it("sends no cancel message if its signal is aborted after the answer", async () => {
    const port = new OpenPort();
    const stop = new AbortController();
    const asked = requesterOn(port).ask("wait", null, stop.signal);
    port.receive({ type: "answer", id: 1, answer: "done" });
    await asked;
    stop.abort();
    assert.equal(port.posted.length, 1);
  });

  it("ignores an answer that arrives after it was canceled", async () => {
    const port = new OpenPort();
    const stop = new AbortController();
    const asked = requesterOn(port).ask("wait", null, stop.signal);
    stop.abort();
    port.receive({ type: "answer", id: 1, answer: "late" });
    await assert.rejects(asked, { code: "cancelled" });
  });

  it("is rejected when its argument can't be copied to the other side", async (test) => {
    const { asking } = twoPorts(test);
    const requester = requesterOn(asking);
    const uncopyable = Object.assign([1, 2] as const, { function: () => undefined });
    await assert.rejects(requester.ask("add", uncopyable), { name: "DataCloneError" });
  });

  it("is rejected when the other side ends, and so are all later requests", async (test) => {
    const { asking, close } = twoPorts(test);
    const requester = requesterOn(asking);
    const waiting = requester.ask("wait", null);
    close();
    await assert.rejects(waiting, { code: "ended" });
    await assert.rejects(requester.ask("add", [1, 2]), { code: "ended" });
  });

  it("is rejected as canceled when its own side is disposed, and so are all later requests", async () => {
    const port = new OpenPort();
    const requester = requesterOn(port);
    const waiting = requester.ask("wait", null);
    requester.dispose();
    port.end();
    await assert.rejects(waiting, { code: "cancelled" });
    await assert.rejects(requester.ask("add", [1, 2]), { code: "cancelled" });
  });

  it("is rejected if an untrusted side sends an answer of the wrong form", async () => {
    const port = new OpenPort();
    const checks = {
      isAnswer: (name: string, answer: unknown) => name === "add" && typeof answer === "number",
      isEvent: () => true,
    };
    const requester = requesterOn(port, { checks });
    const good = requester.ask("add", [1, 2]);
    const bad = requester.ask("add", [1, 2]);
    port.receive({ type: "answer", id: 1, answer: 3 });
    port.receive({ type: "answer", id: 2, answer: "three" });
    assert.equal(await good, 3);
    await assert.rejects(bad, { code: "unreadable" });
  });

  it("ignores messages that don't belong to a channel", async () => {
    const port = new OpenPort();
    const asked = requesterOn(port).ask("add", [1, 2]);
    for (const noise of [null, 1, "x", [], {}, { type: "answer" }, { type: "answer", id: "1", answer: 0 }]) {
      port.receive(noise);
    }
    port.receive({ type: "refusal", id: 1 });
    port.receive({ type: "answer", id: 7, answer: 0 });
    port.receive({ type: "answer", id: 1, answer: 3 });
    assert.equal(await asked, 3);
  });

  it("reports when the first request starts waiting and when no request waits anymore", async () => {
    const port = new OpenPort();
    const told: boolean[] = [];
    const requester = requesterOn(port, { onWaiting: (isWaiting) => told.push(isWaiting) });
    const both = Promise.all([requester.ask("add", [1, 1]), requester.ask("add", [2, 2])]);
    assert.deepEqual(told, [true]);
    port.receive({ type: "answer", id: 1, answer: 2 });
    port.receive({ type: "answer", id: 2, answer: 4 });
    await both;
    assert.deepEqual(told, [true, false]);
  });
});

describe("An event over a channel", () => {
  it("reaches the listeners for its name until they stop listening", async (test) => {
    const { asking, answering } = twoPorts(test);
    const answerer = answererOn(answering);
    const requester = requesterOn(asking);
    const heard: unknown[] = [];
    const counting = requester.on("counted", (count) => heard.push(count));
    requester.on("named", (name) => heard.push(name));
    answerer.emit("counted", 1);
    answerer.emit("named", "one");
    await requester.ask("add", [0, 0]);
    counting.dispose();
    answerer.emit("counted", 2);
    await requester.ask("add", [0, 0]);
    assert.deepEqual(heard, [1, "one"]);
  });

  it("is ignored if it has the wrong form and comes from an untrusted side", () => {
    const port = new OpenPort();
    const heard: unknown[] = [];
    const checks = {
      isAnswer: () => true,
      isEvent: (name: string, event: unknown) => name === "counted" && typeof event === "number",
    };
    requesterOn(port, { checks }).on("counted", (count) => heard.push(count));
    port.receive({ type: "event", name: "counted", event: "one" });
    port.receive({ type: "event", name: "counted", event: 1 });
    port.receive({ type: "event", name: "toString", event: 1 });
    assert.deepEqual(heard, [1]);
  });

  it("is ignored after the listening side is disposed", async () => {
    const port = new OpenPort();
    const heard: unknown[] = [];
    const requester = requesterOn(port);
    requester.on("counted", (count) => heard.push(count));
    requester.dispose();
    port.receive({ type: "event", name: "counted", event: 1 });
    await settled();
    assert.deepEqual(heard, []);
  });
});
