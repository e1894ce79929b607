import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Locator } from "playwright-core";
import { writeLargeCsv } from "../../sandbox/sampleData/largeCsv.ts";
import { TableEditor } from "../../workbench/page/tableEditor.ts";
import { Workbench } from "../../workbench/page/workbench.ts";

const amounts = ["0.1,12345678901234567890,1,north", "0.2,1,2,south", "0.3,,2,north", '-4,7,8,"east, or\nwest"'];
const records = [
  { id: 1, state: null, note: "null", tags: ["a", "b"] },
  { id: 2, state: "", note: "second" },
  { id: 3, state: "open", note: "third", tags: [] },
];

const recordsAsSaved = `[
  { "id": 1, "state": null, "note": "null", "tags": ["a","b"] },
  { "id": 2, "state": "", "note": "second" },
  { "id": 3, "state": "open", "note": "third", "tags": [] }
]
`;

describe("the selection of a table and the detail pane", { timeout: 300_000 }, () => {
  let workbench: Workbench;
  let table: TableEditor;

  before(async () => {
    workbench = await Workbench.open({
      viewport: { width: 1280, height: 760 },
      settings: { "workbench.editorAssociations": { "*.csv": "taskExports.table", "*.json": "taskExports.table" } },
    });
    await write("amounts.csv", ["amount,large,uneven,region", ...amounts, ""].join("\n"));
    await write("records.json", JSON.stringify(records));
    await write("other.csv", "first,last\nAda,Lovelace\n");
    await open("records.json", "state");
  });

  afterEach((context) => workbench.screenshot(`table selection: ${context.name}`));

  after(() => workbench.close());

  const write = (name: string, text: string): Promise<void> => writeFile(path.join(workbench.workspace, name), text);

  async function open(name: string, column: string): Promise<void> {
    await workbench.openWorkspaceFile(name);
    table = await TableEditor.withColumn(workbench.page, column);
    await table.focusGrid();
  }

  async function until(what: () => Promise<boolean>): Promise<void> {
    while (!(await what())) await sleep(20);
  }

  const fields = (): Promise<string[]> => table.detail.locator("dd").allInnerTexts();
  const wholeRecord = (): Locator => table.detail.getByRole("button", { name: "Show whole record" });

  it("double-clicking a cell shows its value, and a button the whole record", async () => {
    await table.cell(0, 2).dblclick();
    await table.detail.getByLabel("Value", { exact: true }).filter({ hasText: "null" }).waitFor();
    await wholeRecord().click();
    await table.detail.filter({ hasText: "4 fields" }).waitFor();
    assert.deepEqual(await table.detail.locator("dt").allInnerTexts(), ["id", "state", "note", "tags"]);
    assert.deepEqual(await fields(), ["1", "null", "null", '["a","b"]']);
    const words = table.detail.locator(".record-word");
    assert.deepEqual(await words.allInnerTexts(), ["null"], "only the null that is not text is a word");
  });

  it("the detail pane follows the focus from record to record, and shows hidden columns, too", async () => {
    await table.focusGrid();
    await table.header("note").click({ button: "right" });
    await table.frame.getByRole("menuitem", { name: "Hide" }).click();
    await table.header("note").waitFor({ state: "detached" });
    await table.focusGrid();
    await workbench.page.keyboard.press("ArrowDown");
    await table.detail.filter({ hasText: "Row 2" }).waitFor();
    assert.deepEqual(await fields(), ["2", "empty", "second", "no value"]);
    await workbench.runCommand("Task Exports: Show All Columns");
    await table.header("note").waitFor();
  });

  it("the record is shown again after its tab was hidden, and a single value can be chosen with the keyboard", async () => {
    await open("other.csv", "last");
    await workbench.tab("records.json").click();
    table = await TableEditor.withColumn(workbench.page, "state");
    await table.detail.filter({ hasText: "Row 2" }).filter({ hasText: "4 fields" }).waitFor();
    await wholeRecord().focus();
    await workbench.page.keyboard.press("Space");
    await table.detail.getByLabel("Value", { exact: true }).waitFor();
    assert.equal(await wholeRecord().getAttribute("aria-pressed"), "false");
  });

  const sash = (): Locator => table.detail.getByRole("separator", { name: "Resize the pane" });
  const width = async (of: Locator): Promise<number> => (await of.boundingBox())?.width ?? 0;
  const paneWidth = (): Promise<number> => width(table.detail);
  const roomWidth = (): Promise<number> => width(table.frame.locator(".middle"));

  async function dragSash(by: number): Promise<void> {
    const box = await sash().boundingBox();
    assert.ok(box);
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const { mouse } = workbench.page;
    await mouse.move(x, y);
    await mouse.down();
    await mouse.move(x + by, y, { steps: 5 });
    await mouse.up();
  }

  it("the detail pane is resized with the mouse, and reset by a double-click", async () => {
    const before = await paneWidth();
    await dragSash(-150);
    assert.ok(Math.abs((await paneWidth()) - before - 150) < 8, `${await paneWidth()} after ${before}`);
    await dragSash(-5000);
    assert.equal(Math.round((100 * (await paneWidth())) / (await roomWidth())), 85);
    await sash().dblclick();
    assert.equal(await paneWidth(), before);
  });

  it("the detail pane is resized with the keyboard, and its size is announced", async () => {
    await sash().focus();
    const size = async (): Promise<number> => Number(await sash().getAttribute("aria-valuenow"));
    const before = await size();
    assert.equal(before, Math.round((100 * (await paneWidth())) / (await roomWidth())));
    await workbench.page.keyboard.press("ArrowLeft");
    await until(async () => (await size()) === before + 5);
    assert.equal(Math.round((100 * (await paneWidth())) / (await roomWidth())), before + 5);
    await workbench.page.keyboard.press("ArrowRight");
    await until(async () => (await size()) === before);
    await workbench.page.keyboard.press("Escape");
    await table.detail.waitFor({ state: "hidden" });
    assert.equal(await table.frame.locator('[role="gridcell"]:focus').count(), 1);
  });

  it("the detail pane keeps its size in the next table and in the next window", async () => {
    await workbench.page.keyboard.press("Enter");
    await sash().focus();
    for (let times = 0; times < 4; times++) await workbench.page.keyboard.press("ArrowLeft");
    const chosen = Number(await sash().getAttribute("aria-valuenow"));
    const shown = async (): Promise<number> => Math.round((100 * (await paneWidth())) / (await roomWidth()));
    assert.equal(await shown(), chosen);
    await workbench.closeEditors();
    await open("other.csv", "last");
    await workbench.page.keyboard.press("Enter");
    await table.detail.waitFor();
    assert.equal(await shown(), chosen);
    await workbench.reload(`["detail",${chosen}]`);
    // Until VS Code knows the extension, a CSV file opens as text.
    await workbench.showTasksView();
    await open("other.csv", "last");
    await workbench.page.keyboard.press("Enter");
    await table.detail.waitFor();
    assert.equal(await shown(), chosen);
    await sash().dblclick();
    await workbench.closeEditors();
  });

  it("the exact sum of cells that are selected with the keyboard is shown", async () => {
    await open("amounts.csv", "region");
    const { keyboard } = workbench.page;
    for (const key of ["Control+Home", "Shift+ArrowDown", "Shift+ArrowDown"]) await keyboard.press(key);
    await table.footer("3 rows × 1 column selected").waitFor();
    await table.footer("Count: 3 · Sum: 0.6 · Average: 0.2").waitFor();
    await keyboard.press("Shift+ArrowDown");
    await table.footer("Count: 4 · Sum: −3.4 · Average: −0.85").waitFor();
    await keyboard.press("Control+Home");
    await table.footer("Row 1, amount").waitFor();
    assert.equal(await table.frame.locator(".footer-summary").innerText(), "");
  });

  it("the exact sum of columns and cells that are selected with the mouse is shown", async () => {
    const summary = table.frame.locator(".footer-summary");
    const says = (text: string): Promise<void> => summary.and(table.frame.getByText(text, { exact: true })).waitFor();
    await table.header("large").click();
    const sum = "Sum: 12,345,678,901,234,567,898";
    await says(`Count: 3 · ${sum} · Average: ≈ 4,115,226,300,411,522,632.67`);
    await table.cell(0, 2).click();
    await table.cell(2, 2).click({ modifiers: ["Shift"] });
    await says("Count: 3 · Sum: 5 · Average: ≈ 1.66667");
    const exact = await summary.getAttribute("title");
    assert.match(exact ?? "", /^Count: 3 · Sum: 5 · Average: ≈ 1\.6{9}7$/);
    await table.header("region").click();
    await table.footer("Count: 4").waitFor();
    assert.equal(await table.frame.locator(".footer-summary").innerText(), "Count: 4");
  });

  it("says what to do if more cells are selected than can be added up", async () => {
    writeLargeCsv(path.join(workbench.workspace, "large.csv"), 24 * 1024 * 1024);
    await open("large.csv", "transaction_id");
    await table.exactRows();
    await workbench.page.keyboard.press("ControlOrMeta+A");
    const summary = table.footer("Selection too large to add up").locator(".footer-summary");
    await summary.waitFor();
    assert.equal(await summary.getAttribute("title"), "To see the sum, select fewer rows or columns.");
    await open("amounts.csv", "region");
  });

  /** Types a path into the dialog in which VS Code asks where to save. */
  async function saveAs(name: string): Promise<string> {
    const proposed = `${path.parse(name).name.replace("as ", "")} (selection).csv`;
    const target = path.join(workbench.workspace, name);
    await workbench.typeSavePath("Save Selection As", proposed, target);
    await workbench.screenshot(`table selection: saving ${name}`);
    await workbench.page.keyboard.press("Enter");
    await table.footer(/Saved/).waitFor();
    const told = workbench.notification(`${target} saved.`);
    await told.waitFor();
    assert.deepEqual(await workbench.buttonsOf(told), ["Open", "Reveal"]);
    return readFile(target, "utf8");
  }

  it("the selected cells are saved as CSV from the context menu", async () => {
    await table.cell(0, 2).click();
    await table.cell(3, 3).click({ modifiers: ["Shift"] });
    await table.cell(1, 2).click({ button: "right" });
    await table.frame.getByRole("menuitem", { name: "Save Selection As…" }).click();
    assert.equal(await saveAs("as amounts.csv"), 'uneven,region\n1,north\n2,south\n2,north\n8,"east, or\nwest"\n');
  });

  it("the selected cells are saved as JSON by command", async () => {
    await workbench.closeEditors();
    await open("records.json", "state");
    await workbench.page.keyboard.press("Control+A");
    await workbench.runCommand("Task Exports: Save Selection As…");
    assert.equal(await saveAs("as records.json"), recordsAsSaved);
    await workbench.pressButton(workbench.notification("as records.json saved."), "Open");
    await workbench.tab("as records.json").waitFor();
    await TableEditor.withColumn(workbench.page, "state");
  });
});
