import assert from "node:assert/strict";
import { appendFile, writeFile } from "node:fs/promises";
import { describe, it, type TestContext } from "node:test";
import { FileOrder } from "../../../../src/table/view/fileOrder.ts";
import { rowNumber, rowPosition } from "../../../../src/table/view/rowIdentity.ts";
import { type PanelServices, TablePanel } from "../../../../src/vscode/tableEditor/tablePanel.ts";
import { TableState } from "../../../../src/vscode/tableEditor/tableState.ts";
import { createHostLink, type HostLink } from "../../../../src/webview/table/hostLink.ts";
import type { Arrangement, TabArrangement } from "../../../../src/webview/table/messages.ts";
import { noMemento, prepare, until } from "./openedDocument.ts";
import { SlowArranger } from "./slowArranger.ts";
import { TabPage } from "./tabPage.ts";

const rowCount = 500;
const csv = `id,name\n${Array.from({ length: rowCount }, (_, row) => `${row},customer ${row % 10}`).join("\n")}\n`;
const descending: Arrangement = { sort: [{ column: 0, descending: true }], filter: null };
const threes: Arrangement = { sort: [], filter: { column: 1, is: "endsWith", value: "r 3" } };
const fileOrder: Arrangement = { sort: [], filter: null };

type Tab = Awaited<ReturnType<typeof openTab>>;

async function openTab(test: TestContext, services: Partial<PanelServices> = {}) {
  const prepared = await prepare(test);
  await writeFile(prepared.path, csv);
  const { document } = prepared.open();
  const page = new TabPage();
  const arranger = new SlowArranger();
  const state = services.state ?? new TableState(noMemento);
  const panel = new TablePanel(page, document, new FileOrder(document.file), {
    state,
    copyText: () => Promise.resolve(),
    revealLine: () => Promise.resolve(),
    saveSelection: () => Promise.resolve(undefined),
    carryOut: () => Promise.resolve(),
    inWords: (error) => (error instanceof Error ? error.message : String(error)),
    whyNotArranged: () => "There is no engine.",
    arranger,
    columnSummaries: arranger,
    ...services,
  });
  test.after(() => panel.dispose());
  return { link: linkTo(page), page, panel, arranger, state, document, path: prepared.path };
}

function linkTo(page: TabPage): HostLink {
  return createHostLink({
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
}

async function arrangementOf({ link }: Pick<Tab, "link">): Promise<TabArrangement | undefined> {
  const { content } = await link.ask("open", {});
  return content.kind === "table" ? content.arrangement : assert.fail("no table");
}

async function firstNumbers({ link }: Pick<Tab, "link">, count: number): Promise<readonly number[]> {
  return (await link.ask("rows", { from: rowPosition(0), count })).numbers;
}

describe("A tab whose rows are sorted and filtered", { timeout: 120_000 }, () => {
  it("shows the rows in the order that was asked for, and then in the order of the file again", async (test) => {
    const tab = await openTab(test);
    assert.deepEqual(await arrangementOf(tab), { listsValues: true });
    const sorted = await tab.link.ask("arrange", { ...descending, row: rowNumber(499) });
    assert.deepEqual([sorted.isFileOrder, sorted.position, sorted.progress.rows], [false, 0, rowCount]);
    assert.deepEqual(await firstNumbers(tab, 3), [499, 498, 497]);
    const filtered = await tab.link.ask("arrange", { ...threes, row: rowNumber(4) });
    assert.deepEqual(filtered.applied, { ...threes, fileRows: rowCount });
    assert.deepEqual([filtered.position, filtered.progress.rows], [null, 50]);
    assert.deepEqual(await firstNumbers(tab, 3), [3, 13, 23]);
    const again = await tab.link.ask("arrange", { ...fileOrder, row: rowNumber(13) });
    assert.deepEqual([again.isFileOrder, again.applied, again.position], [true, null, 13]);
    assert.deepEqual(await firstNumbers(tab, 3), [0, 1, 2]);
    await until(() => tab.arranger.orders === 0);
  });

  it("keeps the previous rows until the first ones are known, and when arranging is canceled", async (test) => {
    const tab = await openTab(test);
    await arrangementOf(tab);
    const shares: (number | null)[] = [];
    tab.link.on("arranging", ({ share }) => shares.push(share));
    tab.arranger.gate = new Promise(() => undefined);
    const stop = new AbortController();
    const arranged = tab.link.ask("arrange", { ...descending, row: null }, stop.signal);
    await until(() => shares.length > 0);
    assert.deepEqual([shares, await firstNumbers(tab, 2)], [[0.5], [0, 1]]);
    stop.abort();
    await assert.rejects(arranged, { code: "cancelled" });
    assert.deepEqual(await firstNumbers(tab, 2), [0, 1]);
    assert.equal(
      tab.state.arrangement([
        { name: "id", type: "number" },
        { name: "name", type: "text" },
      ]),
      undefined,
    );
  });

  it("lets only the last of several arrangements win", async (test) => {
    const tab = await openTab(test);
    const first = tab.link.ask("arrange", { ...descending, row: null });
    first.catch(() => undefined);
    await tab.link.ask("arrange", { ...threes, row: null });
    await assert.rejects(first, { code: "cancelled" });
    assert.deepEqual(await firstNumbers(tab, 2), [3, 13]);
    assert.equal(tab.arranger.orders, 1);
  });

  it("is arranged in the same way when its page is built again, and in a new tab for such a file", async (test) => {
    const tab = await openTab(test);
    await tab.link.ask("arrange", { ...threes, row: null });
    assert.deepEqual((await arrangementOf(tab))?.applied, { ...threes, fileRows: rowCount });
    const other = await openTab(test, { state: tab.state });
    assert.deepEqual(await arrangementOf(other), { toRestore: threes, listsValues: true });
    await other.link.ask("arrange", { ...fileOrder, row: null });
    assert.deepEqual(await arrangementOf(other), { listsValues: true });
    assert.deepEqual(await arrangementOf(await openTab(test, { state: tab.state })), { listsValues: true });
  });

  it("asks to be arranged again after its file was read again", async (test) => {
    const tab = await openTab(test);
    await tab.link.ask("arrange", { ...threes, row: null });
    const { content } = await tab.link.ask("readAs", { delimiter: "," });
    assert.ok(content.kind === "table" && content.isFileOrder);
    assert.deepEqual(content.arrangement, { toRestore: threes, listsValues: true });
    const other = await tab.link.ask("readAs", { delimiter: ";" });
    assert.ok(other.content.kind === "table");
    assert.deepEqual(other.content.arrangement, { listsValues: true }, "the columns are others");
    await until(() => tab.arranger.orders === 0);
  });

  it("tells its page when the file has more rows than were arranged", async (test) => {
    const tab = await openTab(test);
    await tab.link.ask("arrange", { ...threes, row: null });
    const outdated = new Promise((resolve) => tab.link.on("outdated", resolve));
    await appendFile(tab.path, "500,customer 3\n");
    tab.document.file.grew({ growing: false });
    await outdated;
    const again = await tab.link.ask("arrange", { ...threes, row: null });
    assert.deepEqual([again.progress.rows, again.applied?.fileRows], [51, rowCount + 1]);
  });

  it("tells its page when a command arranged the rows, and keeps what the command didn't mention", async (test) => {
    const tab = await openTab(test);
    await arrangementOf(tab);
    const told: unknown[] = [];
    tab.link.on("arranged", ({ applied }) => told.push(applied));
    const { signal } = new AbortController();
    await tab.panel.arrange({ filter: threes.filter }, signal);
    await tab.panel.arrange({ sort: descending.sort }, signal);
    await until(() => told.length === 2);
    assert.deepEqual(told[1], { sort: descending.sort, filter: threes.filter, fileRows: rowCount });
    assert.deepEqual(await firstNumbers(tab, 2), [493, 483]);
  });

  it("lists the values of a column", async (test) => {
    const { link } = await openTab(test);
    const { values, total } = await link.ask("columnValues", { column: 1, contains: "r 3", filter: null });
    assert.deepEqual([values, total], [[{ value: "customer 3", count: 50 }], 1]);
    const { bars } = await link.ask("columnHistogram", { column: 0, filter: null });
    assert.deepEqual([bars.length, bars[0]], [10, { from: "0", to: "49", count: 50 }]);
  });

  it("says why rows can't be sorted where nothing can sort them", async (test) => {
    const tab = await openTab(test, { arranger: undefined, columnSummaries: undefined });
    assert.deepEqual(await arrangementOf(tab), { whyNot: "There is no engine.", listsValues: false });
    const refused = { code: "invalidRequest", message: "There is no engine." };
    await assert.rejects(tab.link.ask("arrange", { ...descending, row: null }), refused);
    await assert.rejects(tab.link.ask("columnValues", { column: 0, contains: "", filter: null }), refused);
  });
});
