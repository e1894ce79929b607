import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { FileOrder } from "../../../../src/table/view/fileOrder.ts";
import { TableState } from "../../../../src/vscode/tableEditor/tableState.ts";
import { type SavedSelection, TablePanel, type TablePage } from "../../../../src/vscode/tableEditor/tablePanel.ts";
import { prepare } from "./openedDocument.ts";

const nothing = { dispose: () => undefined };
const noMemory = { keys: () => [], get: () => undefined, update: () => Promise.resolve() };

interface Asked {
  /** Sends what the page sends, and waits for the answer or the refusal. */
  readonly ask: (name: string, argument: unknown) => Promise<unknown>;
  readonly revealed: string[];
  readonly saved: SavedSelection[];
}

/** A tab whose page the test controls. */
async function openTab(context: TestContext, content: string, path?: string): Promise<Asked> {
  const { open, path: file } = await prepare(context, "export.csv");
  await writeFile(file, content);
  const { document } = open();
  let receive: (message: unknown) => void = () => undefined;
  const waiting = new Map<unknown, (message: unknown) => void>();
  const page: TablePage = {
    active: true,
    visible: true,
    webview: {
      postMessage(message) {
        if (typeof message === "object" && message !== null && "id" in message) waiting.get(message.id)?.(message);
        return Promise.resolve(true);
      },
      onDidReceiveMessage(listener) {
        receive = listener;
        return nothing;
      },
    },
    onDidDispose: () => nothing,
    onDidChangeViewState: () => nothing,
  };
  const revealed: string[] = [];
  const saved: SavedSelection[] = [];
  const panel = new TablePanel(page, document, new FileOrder(document.file), {
    state: new TableState(noMemory),
    copyText: () => Promise.resolve(),
    saveSelection(selection) {
      saved.push(selection);
      return Promise.resolve(path);
    },
    revealLine: async (shown, lineOf) => void revealed.push(`${basename(shown)}:${await lineOf()}`),
    carryOut: () => Promise.resolve(),
    whyNotArranged: () => "There is no engine.",
    inWords: String,
  });
  context.after(() => panel.dispose());
  let id = 0;
  const ask = (name: string, argument: unknown): Promise<unknown> =>
    new Promise((resolve) => {
      id += 1;
      waiting.set(id, (message) => {
        const answer =
          typeof message === "object" && message !== null && "answer" in message ? message.answer : message;
        resolve(answer);
      });
      receive({ type: "request", id, name, argument });
    });
  return { ask, revealed, saved };
}

const content = 'id,amount,note\n1,0.1,"two\nlines"\n2,0.2\n3,x,late\n';
const all = { rows: { from: 0, count: 3 }, columns: [0, 1, 2] };

describe("What a tab's page can ask about the cells that are selected", { timeout: 60_000 }, () => {
  it("is the whole record of a row, missing values included", async (context) => {
    const { ask } = await openTab(context, content);
    assert.deepEqual(await ask("record", { row: 1 }), {
      fields: [
        { name: "id", text: "2" },
        { name: "amount", text: "0.2" },
        { name: "note", text: "", kind: "-" },
      ],
    });
    assert.deepEqual(await ask("record", { row: 99 }), { fields: [] });
  });

  it("is their sum", async (context) => {
    const { ask } = await openTab(context, content);
    assert.deepEqual(await ask("summarize", { ...all, columns: [1] }), {
      cells: 3,
      empty: 0,
      numbers: 2,
      sum: "0.3",
      average: "0.15",
    });
    assert.deepEqual(await ask("summarize", { rows: { from: 0, count: 3_000_000 }, columns: [0] }), { tooLarge: true });
  });

  it("is a file with their values, in the format that its name asks for", async (context) => {
    const { ask, saved } = await openTab(context, content, "/chosen/export.jsonl");
    assert.deepEqual(await ask("saveSelection", { ...all, withHeader: true }), { path: "/chosen/export.jsonl" });
    const [selection] = saved;
    assert.deepEqual([selection?.fileName, selection?.rows], ["export.csv", 3]);
    const options = { signal: new AbortController().signal, onRows: () => undefined };
    let text = "";
    for await (const piece of selection?.text("export.jsonl", options) ?? []) text += piece;
    assert.deepEqual(
      text
        .trimEnd()
        .split("\n")
        .map((line): unknown => JSON.parse(line)),
      [
        { id: "1", amount: "0.1", note: "two\nlines" },
        { id: "2", amount: "0.2" },
        { id: "3", amount: "x", note: "late" },
      ],
    );
  });

  it("is no file if the user selected none", async (context) => {
    const { ask } = await openTab(context, content);
    assert.equal(await ask("saveSelection", { ...all, withHeader: false }), null);
  });

  it("is the line of the row's own file", async (context) => {
    const { ask, revealed } = await openTab(context, content);
    assert.equal(await ask("revealInText", { row: 1 }), null);
    assert.deepEqual(revealed, ["export.csv:3"]);
  });

  for (const [name, argument] of [
    ["record", { row: -1 }],
    ["summarize", { rows: { from: 0, count: 1 }, columns: ["0"] }],
    ["saveSelection", { ...all }],
  ] as const) {
    it(`is refused in another form: ${name}`, async (context) => {
      const { ask } = await openTab(context, content);
      const answer = await ask(name, argument);
      assert.ok(typeof answer === "object" && answer !== null && "code" in answer);
      assert.equal(answer.code, "invalidRequest");
    });
  }
});
