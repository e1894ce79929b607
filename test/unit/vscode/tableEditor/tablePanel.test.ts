import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { describe, it, type TestContext } from "node:test";
import { ExportError } from "../../../../src/model/exportError.ts";
import { FileOrder } from "../../../../src/table/view/fileOrder.ts";
import { type PanelServices, TablePanel } from "../../../../src/vscode/tableEditor/tablePanel.ts";
import { TableState } from "../../../../src/vscode/tableEditor/tableState.ts";
import { createHostLink, type HostLink } from "../../../../src/webview/table/hostLink.ts";
import type { FindProgress } from "../../../../src/table/tableTypes.ts";
import { rowNumber, rowPosition } from "../../../../src/table/view/rowIdentity.ts";
import { noMemento, type OpenedDocument, prepare, type Prepared, until } from "./openedDocument.ts";
import { TabPage } from "./tabPage.ts";

const timeout = 120_000;
const csv = `id,name\n${Array.from({ length: 500 }, (_, row) => `${row},customer ${row}`).join("\n")}\n`;
const plain = (text: string) => ({ text, regex: false, caseSensitive: true, wholeWord: false });

interface Tab {
  readonly page: TabPage;
  readonly panel: TablePanel;
  /** The page's own end of the channel, as in the webview. */
  readonly link: HostLink;
  readonly finds: FindProgress[];
  readonly state: TableState;
  /** What the tab did outside its page. */
  readonly done: { copied: string[]; revealed: [path: string, line: number][]; actions: string[] };
}

function openTab(test: TestContext, { document }: OpenedDocument, services: Partial<PanelServices> = {}): Tab {
  const page = new TabPage();
  const state = new TableState(noMemento);
  const done: Tab["done"] = { copied: [], revealed: [], actions: [] };
  const panel = new TablePanel(page, document, new FileOrder(document.file), {
    state,
    copyText: (text) => Promise.resolve(void done.copied.push(text)),
    revealLine: async (path, lineOf) => void done.revealed.push([path, await lineOf()]),
    saveSelection: () => Promise.resolve(undefined),
    carryOut: (action) => Promise.resolve(void done.actions.push(action)),
    whyNotArranged: () => "There is no engine.",
    inWords: (error) => (error instanceof ExportError ? error.message : "Something went wrong."),
    ...services,
  });
  test.after(() => panel.dispose());
  const link = createHostLink({
    post: (message) => page.post(message),
    onMessage: (listener) => {
      const post = page.webview.postMessage;
      page.webview.postMessage = (message) => {
        setImmediate(() => listener(structuredClone(message)));
        return post(message);
      };
      return { dispose: () => undefined };
    },
    onEnd: () => ({ dispose: () => undefined }),
  });
  const finds: FindProgress[] = [];
  link.on("find", (progress) => finds.push(progress));
  return { page, panel, link, finds, state, done };
}

async function openTable(test: TestContext): Promise<Prepared & { opened: OpenedDocument }> {
  const prepared = await prepare(test);
  await writeFile(prepared.path, csv);
  return { ...prepared, opened: prepared.open() };
}

async function searched({ link, finds }: Tab, text: string): Promise<FindProgress> {
  const { search } = await link.ask("find", plain(text));
  await until(() => finds.some((progress) => progress.search === search && progress.done));
  return finds.findLast((progress) => progress.search === search) ?? assert.fail();
}

describe("A tab with a table", { timeout }, () => {
  it("answers its page's requests for the file, rows, positions of rows, and cells", async (test) => {
    const { opened } = await openTable(test);
    const { link } = openTab(test, opened);
    const { fileName, content } = await link.ask("open", {});
    assert.equal(fileName, "export.csv");
    assert.ok(content.kind === "table" && content.isFileOrder);
    const { numbers, rows } = await link.ask("rows", { from: rowPosition(7), count: 2 });
    assert.deepEqual(
      [numbers, rows[0]?.cells],
      [
        [7, 8],
        ["7", "customer 7"],
      ],
    );
    assert.deepEqual(await link.ask("positionOf", { row: rowNumber(499) }), { position: 499 });
    // Until all rows are counted, a row that is only estimated has a position, too.
    await until(() => opened.document.file.progress?.exact === true);
    assert.deepEqual(await link.ask("positionOf", { row: rowNumber(500) }), { position: null });
    assert.deepEqual(await link.ask("cell", { row: rowNumber(3), column: 1 }), { text: "customer 3" });
  });

  it("copies cells, reveals the line of a row, and does what its buttons say", async (test) => {
    const { opened } = await openTable(test);
    const { link, done } = openTab(test, opened);
    await link.ask("open", {});
    const rows = { from: rowPosition(1), count: 2 };
    const copied = await link.ask("copy", { rows, columns: [1], withHeader: true, format: "csv" });
    assert.deepEqual(copied, { kind: "copied", rows: 2, cells: 2 });
    await link.ask("revealInText", { row: rowNumber(9) });
    await link.ask("act", { action: "showLog" });
    assert.deepEqual(done, {
      copied: ["name\ncustomer 1\ncustomer 2"],
      revealed: [[opened.path, 10]],
      actions: ["showLog"],
    });
  });

  it("remembers the current row by its number", async (test) => {
    const { opened } = await openTable(test);
    const { link, state } = openTab(test, opened);
    await link.ask("open", {});
    await link.ask("keepPosition", { number: rowNumber(42), column: 1 });
    assert.deepEqual(state.position(opened.document.uri.toString()), { number: 42, column: 1 });
  });

  it("opens with the size of the detail pane that the user chose in any tab", async (test) => {
    const { opened } = await openTable(test);
    const { link } = openTab(test, opened);
    const sizeNow = async (): Promise<number | undefined> => {
      const { content } = await link.ask("open", {});
      return content.kind === "table" ? content.detailSize : assert.fail("it should be a table");
    };
    assert.equal(await sizeNow(), undefined);
    await link.ask("keepDetailSize", { size: 62 });
    assert.equal(await sizeNow(), 62);
    await link.ask("keepDetailSize", { size: null });
    assert.equal(await sizeNow(), undefined);
  });

  it("searches again after its search was ended, as often as the user reopens the find bar", async (test) => {
    const { opened } = await openTable(test);
    const tab = openTab(test, opened);
    await tab.link.ask("open", {});
    let last = -1;
    for (let times = 0; times < 3; times += 1) {
      const { search, matches } = await searched(tab, "customer 4");
      assert.equal(matches, 111);
      assert.ok(search > last, "the page drops what belongs to a search before");
      last = search;
      await tab.link.ask("endFind", {});
    }
  });

  it("searches again after the file was read with another delimiter", async (test) => {
    const { opened } = await openTable(test);
    const tab = openTab(test, opened);
    await tab.link.ask("open", {});
    const before = await searched(tab, "customer");
    await tab.link.ask("readAs", { delimiter: ";" });
    const after = await searched(tab, "customer");
    assert.equal(after.matches, before.matches);
    assert.ok(after.search > before.search);
  });

  it("has a search of its own, next to another tab on the same file", async (test) => {
    const { opened } = await openTable(test);
    const [one, other] = [openTab(test, opened), openTab(test, opened)];
    await Promise.all([one.link.ask("open", {}), other.link.ask("open", {})]);
    assert.equal((await searched(one, "customer 4")).matches, 111);
    assert.equal((await searched(other, "customer 49")).matches, 11);
    assert.ok(one.finds.every(({ matches }) => matches <= 111) && one.finds.at(-1)?.matches === 111);
    await other.link.ask("endFind", {});
    const from = { position: rowPosition(0), column: -1 };
    assert.equal((await one.link.ask("findNext", { from, direction: "next" }))?.number, 4);
    assert.equal(await other.link.ask("findNext", { from, direction: "next" }), null);
  });

  it("shows the file in the way that another tab reads it", async (test) => {
    const { opened } = await openTable(test);
    const [one, other] = [openTab(test, opened), openTab(test, opened)];
    await Promise.all([one.link.ask("open", {}), other.link.ask("open", {})]);
    const views: string[] = [];
    one.link.on("view", ({ content }) => views.push(`one: ${content.kind}`));
    other.link.on("view", ({ content }) => views.push(`other: ${content.kind}`));
    await one.link.ask("readAs", { header: false });
    await until(() => views.length > 0);
    assert.deepEqual(views, ["other: table"]);
  });

  it("stops its page's requests and its search when it is hidden, and starts over when it is shown", async (test) => {
    const { opened } = await openTable(test);
    const tab = openTab(test, opened);
    await tab.link.ask("open", {});
    await searched(tab, "customer");
    tab.page.show(false);
    const from = { position: rowPosition(0), column: -1 };
    assert.equal(await tab.link.ask("findNext", { from, direction: "next" }), null);
    tab.page.show(true);
    assert.equal((await tab.link.ask("open", {})).content.kind, "table");
  });

  it("sends commands of VS Code to its page", async (test) => {
    const { opened } = await openTable(test);
    const { panel, page } = openTab(test, opened);
    panel.send({ command: "find" });
    assert.deepEqual(page.posted, [{ type: "event", name: "command", event: { command: "find" } }]);
  });

  it("answers a failed request with the code and the message of the failure", async (test) => {
    const prepared = await prepare(test);
    const { link } = openTab(test, prepared.open());
    await link.ask("open", {});
    const request = {
      rows: { from: rowPosition(0), count: 1 },
      columns: [0],
      withHeader: true,
      format: "csv",
    } as const;
    await assert.rejects(link.ask("copy", request), {
      code: "invalidRequest",
      message: "This file is not shown as a table, so it has no rows to take.",
    });
    await assert.rejects(link.ask("find", plain("x")), { code: "invalidRequest" });
    await assert.rejects(link.ask("rows", { from: rowPosition(-7), count: 1 }), {
      code: "invalidRequest",
      message: "The table sent a request that can't be understood.",
    });
  });
});
