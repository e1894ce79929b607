import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { cancelled, ExportError } from "../../../../src/model/exportError.ts";
import { type GridHandlers, RequestAnswers } from "../../../../src/vscode/tableEditor/requestAnswers.ts";
import { requestShapes } from "../../../../src/vscode/tableEditor/requestShapes.ts";
import type { HostMessage, TableView } from "../../../../src/webview/table/messages.ts";

const view: TableView = {
  fileName: "export.csv",
  content: { kind: "problem", problem: { kind: "empty" }, actions: [] },
};
const noProgress = { search: 1, matches: 0, searchedBytes: 0, bytes: 0, done: true };
const noRows = { version: 1, from: 0, provisional: false, atEnd: true, rows: [] };

const usual: GridHandlers = {
  open: () => Promise.resolve(view),
  rows: () => Promise.resolve(noRows),
  cell: () => Promise.resolve({ text: "" }),
  find: () => Promise.resolve(noProgress),
  findNext: () => Promise.resolve(null),
  endFind: () => Promise.resolve(null),
  copy: () => Promise.resolve({ kind: "copied", rows: 1, cells: 1 }),
  readAs: () => Promise.resolve(view),
  keepLayout: () => Promise.resolve(null),
  keepPosition: () => Promise.resolve(null),
  revealInText: () => Promise.resolve(null),
  act: () => Promise.resolve(null),
};

interface Page {
  readonly answers: RequestAnswers;
  readonly posted: HostMessage[];
}

function page(handlers: Partial<GridHandlers> = {}): Page {
  const posted: HostMessage[] = [];
  const inWords = (error: unknown): string => (error instanceof ExportError ? error.message : "Something went wrong.");
  const post = (message: HostMessage): void => void posted.push(message);
  return { answers: new RequestAnswers({ ...usual, ...handlers }, post, inWords), posted };
}

interface Deferred<Value> {
  readonly promise: Promise<Value>;
  readonly resolve: (value: Value) => void;
}

function deferred<Value>(): Deferred<Value> {
  let resolve: Deferred<Value>["resolve"] = () => undefined;
  const promise = new Promise<Value>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** All that was begun has settled. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const request = (id: number, name: string, argument: unknown): object => ({ type: "request", id, name, argument });

describe("A request of the grid", () => {
  it("is answered under its own id, whichever is ready first", async () => {
    const slow = deferred<{ text: string }>();
    const { answers, posted } = page({ cell: () => slow.promise });
    answers.receive(request(7, "cell", { row: 1, column: 2 }));
    answers.receive(request(8, "rows", { from: 0, count: 10 }));
    await settled();
    slow.resolve({ text: "late" });
    await settled();
    assert.deepEqual(posted, [
      { type: "answer", id: 8, answer: noRows },
      { type: "answer", id: 7, answer: { text: "late" } },
    ]);
  });

  it("that fails is refused with the failure's code and sentence", async () => {
    const { answers, posted } = page({
      rows: () => Promise.reject(new ExportError("fileChanged", "The file changed.")),
      cell: () => {
        throw new TypeError("a mistake of ours");
      },
      find: () => Promise.reject(cancelled()),
    });
    answers.receive(request(1, "rows", { from: "last", count: 10 }));
    answers.receive(request(2, "cell", { row: 1, column: 2 }));
    answers.receive(request(3, "find", { text: "x", regex: false, caseSensitive: false, wholeWord: false }));
    await settled();
    const inOrder = posted.toSorted((one, other) => ("id" in one && "id" in other ? one.id - other.id : 0));
    assert.deepEqual(inOrder, [
      { type: "refusal", id: 1, code: "fileChanged", message: "The file changed." },
      { type: "refusal", id: 2, code: "unexpectedResponse", message: "Something went wrong." },
      { type: "refusal", id: 3, code: "cancelled", message: "That was ended." },
    ]);
  });

  it("that nobody waits for any more ends its work and is not answered", async () => {
    let seen: AbortSignal | undefined;
    const work = deferred<typeof noRows>();
    const { answers, posted } = page({
      rows: (_argument, signal) => {
        seen = signal;
        return work.promise;
      },
    });
    answers.receive(request(1, "rows", { from: 0, count: 10 }));
    answers.receive({ type: "cancel", id: 1 });
    assert.equal(seen?.aborted, true);
    work.resolve(noRows);
    await settled();
    assert.deepEqual(posted, []);
  });

  it("of a page that began anew ends what the page before had asked", async () => {
    const signals: AbortSignal[] = [];
    const { answers, posted } = page({
      cell: (_argument, signal) => {
        signals.push(signal);
        return new Promise(() => undefined);
      },
    });
    answers.receive(request(1, "cell", { row: 0, column: 0 }));
    answers.receive(request(1, "open", {}));
    answers.receive(request(2, "cell", { row: 0, column: 0 }));
    await settled();
    assert.deepEqual(
      signals.map(({ aborted }) => aborted),
      [true, false],
    );
    assert.deepEqual(posted, [{ type: "answer", id: 1, answer: view }]);
    answers.abortAll();
    assert.ok(signals.every(({ aborted }) => aborted));
  });

  const wrong: [string, unknown][] = [
    ["rows", { from: -1, count: 10 }],
    ["rows", { from: 0, count: 1e9 }],
    ["rows", { from: 0.5, count: 1 }],
    ["rows", undefined],
    ["cell", { row: Number.NaN, column: 0 }],
    ["find", { text: 1, regex: false, caseSensitive: false, wholeWord: false }],
    ["copy", { rows: { from: 0, count: 1 }, columns: ["a"], withHeader: true, format: "csv" }],
    ["copy", { rows: { from: 0, count: 1 }, columns: [0], withHeader: true, format: "exe" }],
    ["readAs", { delimiter: ",," }],
    ["act", { action: "format the disk" }],
    ["keepLayout", { widths: { a: "wide" }, order: [], hidden: [], pinned: [] }],
    ["toString", {}],
    ["__proto__", {}],
  ];
  for (const [name, argument] of wrong) {
    it(`of another shape is refused: ${name} ${JSON.stringify(argument)}`, async () => {
      const { answers, posted } = page();
      answers.receive(request(5, name, argument));
      await settled();
      assert.equal(posted.length, 1);
      assert.ok(posted[0]?.type === "refusal" && posted[0].id === 5 && posted[0].code === "invalidRequest");
    });
  }

  it("of any shape whatever is answered or refused once when it has an id, and hurts nobody when it has none", async () => {
    const names = fc.oneof(fc.constantFrom(...Object.keys(requestShapes)), fc.string());
    const messages = fc.oneof(
      fc.anything(),
      fc.record({ type: fc.constantFrom("request", "other"), id: fc.integer(), name: names, argument: fc.anything() }),
    );
    await fc.assert(
      fc.asyncProperty(messages, async (message) => {
        const { answers, posted } = page();
        answers.receive(message);
        await settled();
        const id = typeof message === "object" && message !== null && "id" in message ? message.id : undefined;
        const isCancel =
          typeof message === "object" && message !== null && "type" in message && message.type === "cancel";
        assert.equal(posted.length, Number.isSafeInteger(id) && !isCancel ? 1 : 0);
      }),
    );
  });
});
