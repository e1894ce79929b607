import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { ArgumentSchemas, RequestHandlers } from "../../../src/channel/answerer.ts";
import {
  answererOn,
  CalcError,
  calcHandlers,
  type CalcRequests,
  calcSchemas,
  OpenPort,
  settled,
} from "./conversation.ts";

const request = (id: number, name: string, argument: unknown): object => ({ type: "request", id, name, argument });

describe("The answering side of a channel", () => {
  it("refuses a request if its handler throws, at once or later, and passes on the error's code and message", async () => {
    const port = new OpenPort();
    const wait = (): Promise<string> => Promise.reject(new CalcError("later", "Later."));
    answererOn(port, { handlers: { ...calcHandlers(), wait } });
    port.receive(request(1, "fail", "At once."));
    port.receive(request(2, "wait", null));
    await settled();
    assert.deepEqual(port.posted, [
      { type: "refusal", id: 1, code: "asked", message: "At once." },
      { type: "refusal", id: 2, code: "later", message: "Later." },
    ]);
  });

  it("aborts the work on a canceled request and doesn't answer it", async () => {
    const port = new OpenPort();
    const signals: AbortSignal[] = [];
    answererOn(port, { handlers: calcHandlers(signals) });
    port.receive(request(1, "wait", null));
    port.receive({ type: "cancel", id: 1 });
    await settled();
    assert.equal(signals[0]?.aborted, true);
    assert.deepEqual(port.posted, []);
  });

  it("refuses an answer that can't be copied to the other side", async () => {
    const port = new OpenPort();
    const make = () => ({ function: () => undefined });
    answererOn(port, { handlers: { ...calcHandlers(), make } });
    port.receive(request(1, "make", null));
    await settled();
    assert.equal(port.posted.length, 1);
    assert.partialDeepStrictEqual(port.posted[0], { type: "refusal", id: 1, code: "unknown" });
  });

  it("aborts old requests when the other side starts over and uses their IDs again", async () => {
    const port = new OpenPort();
    const signals: AbortSignal[] = [];
    answererOn(port, { handlers: calcHandlers(signals), startsOver: "add" });
    port.receive(request(1, "wait", null));
    port.receive(request(1, "add", [1, 2]));
    port.receive(request(2, "wait", null));
    await settled();
    assert.deepEqual(
      signals.map(({ aborted }) => aborted),
      [true, false],
    );
    assert.deepEqual(port.posted, [{ type: "answer", id: 1, answer: 3 }]);
    port.receive({ type: "cancel", id: 2 });
    assert.equal(signals[1]?.aborted, true);
  });

  it("aborts all work when it is disposed, and ignores later messages", async () => {
    const port = new OpenPort();
    const signals: AbortSignal[] = [];
    const answerer = answererOn(port, { handlers: calcHandlers(signals) });
    port.receive(request(1, "wait", null));
    answerer.dispose();
    port.receive(request(2, "add", [1, 2]));
    await settled();
    assert.equal(signals[0]?.aborted, true);
    assert.deepEqual(port.posted, []);
  });

  it("aborts all work when the other side is gone", () => {
    const port = new OpenPort();
    const signals: AbortSignal[] = [];
    answererOn(port, { handlers: calcHandlers(signals) });
    port.receive(request(1, "wait", null));
    port.end();
    assert.equal(signals[0]?.aborted, true);
  });

  it("refuses an unknown request", async () => {
    const port = new OpenPort();
    answererOn(port);
    for (const [id, name] of ["divide", "toString", "__proto__"].entries()) port.receive(request(id, name, null));
    await settled();
    assert.deepEqual(
      port.posted,
      [0, 1, 2].map((id) => ({ type: "refusal", id, code: "badRequest", message: "Not understood." })),
    );
  });

  it("refuses arguments from an untrusted side if they don't match their schema", async () => {
    const port = new OpenPort();
    answererOn(port, { schemas: calcSchemas });
    port.receive(request(1, "add", ["1", 2]));
    port.receive(request(2, "add", [1, 2]));
    await settled();
    assert.deepEqual(port.posted, [
      { type: "refusal", id: 1, code: "badRequest", message: "Not understood." },
      { type: "answer", id: 2, answer: 3 },
    ]);
  });

  it("answers or refuses every message that has an ID exactly once, whatever else is in it", async () => {
    const names = fc.oneof(fc.constantFrom("add", "fail"), fc.string());
    const messages = fc.oneof(
      fc.anything(),
      fc.record({ type: fc.constantFrom("request", "other"), id: fc.integer(), name: names, argument: fc.anything() }),
    );
    await fc.assert(
      fc.asyncProperty(messages, async (message) => {
        const port = new OpenPort();
        answererOn(port, { schemas: calcSchemas });
        port.receive(message);
        await settled();
        const fields: object = typeof message === "object" && message !== null ? message : {};
        const hasId = "id" in fields && Number.isSafeInteger(fields.id) && !Array.isArray(message);
        const isCancel = "type" in fields && fields.type === "cancel";
        assert.equal(port.posted.length, hasId && !isCancel ? 1 : 0);
      }),
    );
  });
});

describe("A protocol", () => {
  it("compiles only with a handler and a schema for each of its requests", () => {
    const { add, wait, fail, make } = calcHandlers();
    // @ts-expect-error -- the handler for "fail" is missing
    const incomplete: RequestHandlers<CalcRequests> = { add, wait, make };
    // @ts-expect-error -- the schema for "fail" is missing
    const unchecked: ArgumentSchemas<CalcRequests> = { ...calcSchemas, fail: undefined };
    // @ts-expect-error -- "add" answers a number
    const wrong: RequestHandlers<CalcRequests> = { add: () => "three", wait, fail, make };
    const complete: RequestHandlers<CalcRequests> = { add, wait, fail, make };
    assert.equal(new Set([incomplete, unchecked, wrong, complete]).size, 4);
  });
});
