import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { TableEditor } from "../../workbench/page/tableEditor.ts";
import { themes } from "../../workbench/page/themes.ts";
import { Workbench } from "../../workbench/page/workbench.ts";

const wideColumns = 2000;
const people = Array.from({ length: 60 }, (_, row) => `${row},name ${row},${row % 2 === 0 ? "Gent" : "Porto"}`);
const wide = [0, 1].map((row) =>
  Array.from({ length: wideColumns }, (_, column) => `value ${row} ${column} `.repeat(3)),
);

describe("using a table", () => {
  let workbench: Workbench;
  let table: TableEditor;

  before(async () => {
    workbench = await Workbench.open({
      viewport: { width: 1280, height: 760 },
      settings: { "workbench.editorAssociations": { "*.csv": "taskExports.table", "*.json": "taskExports.table" } },
    });
    await write("people.csv", `id,name,city\n${people.join("\n")}\n`);
    await write(
      "wide.csv",
      `${wide[0]?.map((_, n) => `c${n}`).join(",")}\n${wide.map((row) => row.join(",")).join("\n")}\n`,
    );
    await write("long.csv", `id,text,after\n1,${"x".repeat(40_000_000)},here\n2,short,there\n`);
    await write(
      "kinds.json",
      JSON.stringify([
        { a: null, b: "null", c: "" },
        { a: "pay\u202Elap", b: "tab\there" },
      ]),
    );
    await open("people.csv", "city");
  });

  after(() => workbench.close());

  const write = (name: string, text: string): Promise<void> => writeFile(path.join(workbench.workspace, name), text);

  /** Opens a file and waits for its table, which has a column of this name. */
  async function open(name: string, column: string): Promise<void> {
    await workbench.openWorkspaceFile(name);
    table = await TableEditor.withColumn(workbench.page, column);
    await table.focusGrid();
  }

  const search = (text: string | RegExp) => table.frame.getByRole("search").filter({ hasText: text });
  const input = () => table.frame.getByRole("textbox", { name: "Find" });

  it("finds again after Escape with Ctrl+F and with F3", async () => {
    const { keyboard } = workbench.page;
    for (const key of ["Control+F", "Control+F", "F3"]) {
      await keyboard.press(key);
      await input().waitFor();
      await input().fill("porto");
      await search("1 of 30").or(search("2 of 30")).first().waitFor();
      await keyboard.press("Escape");
      await table.frame.getByRole("search").waitFor({ state: "hidden" });
    }
  });

  it("finds what is typed right after Ctrl+F, and goes to the row that is typed right after Ctrl+G", async () => {
    const { keyboard } = workbench.page;
    for (const text of ["porto", "name 17"]) {
      await table.focusGrid();
      await keyboard.press("Control+F");
      await keyboard.type(text);
      await search(/1 of|2 of/)
        .first()
        .waitFor();
      assert.equal(await input().inputValue(), text);
      await keyboard.press("Escape");
    }
    await keyboard.press("Control+G");
    await keyboard.type("42");
    await keyboard.press("Enter");
    await table.footer("Row 42").waitFor();
  });

  it("fits a column that was hidden in the last tab when it is shown", async () => {
    const widthOf = async (name: string): Promise<number> => (await table.header(name).boundingBox())?.width ?? 0;
    const fitted = await widthOf("id");
    await table.header("id").click({ button: "right" });
    await table.frame.getByRole("menuitem", { name: "Hide", exact: true }).click();
    await table.header("id").waitFor({ state: "detached" });
    await workbench.closeEditors();
    await open("people.csv", "city");
    assert.equal(await table.header("id").count(), 0);
    await workbench.runCommand("Task Exports: Show All Columns");
    await table.header("id").waitFor();
    await workbench.screenshot("table use: a column shown again");
    assert.equal(await widthOf("id"), fitted);
  });

  it("finds again after the file is read with another delimiter", async () => {
    await workbench.page.keyboard.press("Control+F");
    await input().fill("porto");
    await search("of 30").waitFor();
    const delimiter = table.frame.getByLabel("Delimiter");
    await delimiter.selectOption({ label: "Semicolon" });
    await table.header("id,name,city").waitFor();
    await search("of 30").waitFor();
    await delimiter.selectOption({ label: "Comma" });
    await table.header("city").waitFor();
    await search("of 30").waitFor();
  });

  it("searches in one column, which is chosen from a list", async () => {
    const scope = table.frame.getByLabel("Columns to search");
    assert.deepEqual(await scope.locator("option").allInnerTexts(), ["All columns", "id", "name", "city"]);
    await input().fill("name 5");
    await scope.selectOption({ label: "name" });
    await search("of 11").waitFor();
    await scope.selectOption({ label: "city" });
    await search("No matches").waitFor();
  });

  it("keeps the find bar, its text and its options while the tab is hidden", async () => {
    await table.frame.getByRole("button", { name: "Match case" }).click();
    await input().fill("Gent");
    await search("of 30").waitFor();
    await open("kinds.json", "b");
    await workbench.tab("people.csv").click();
    table = await TableEditor.withColumn(workbench.page, "city");
    await search("30 matches").waitFor();
    assert.equal(await input().inputValue(), "Gent");
    assert.equal(await table.frame.getByRole("button", { name: "Match case" }).getAttribute("aria-pressed"), "true");
    assert.equal(await table.frame.getByLabel("Columns to search").inputValue(), "2");
    await table.focusGrid();
    await workbench.page.keyboard.press("Escape");
    await table.frame.getByRole("search").waitFor({ state: "hidden" });
  });

  it("resizes a column by dragging its border from either side, and never moves the column", async () => {
    const { mouse } = workbench.page;
    for (const besides of [-3, 0, 2]) {
      const box = await table.header("id").boundingBox();
      assert.ok(box);
      const x = box.x + box.width + besides;
      await mouse.move(x, box.y + 10);
      await mouse.down();
      await mouse.move(x + 40, box.y + 10, { steps: 4 });
      await mouse.up();
      const after = await table.header("id").boundingBox();
      assert.equal(Math.round((after?.width ?? 0) - box.width), 40, `${besides} px from the line`);
    }
    const names = await table.frame.getByRole("columnheader").allInnerTexts();
    assert.deepEqual(names.slice(1), ["id", "name", "city"]);
  });

  it("selects its cells with Ctrl+A, but no text around them", async () => {
    await table.focusGrid();
    await workbench.page.keyboard.press("Control+A");
    await table.frame.locator(".footer", { hasText: "60 rows × 3 columns" }).waitFor();
    await workbench.page.keyboard.press("ArrowDown");
    assert.equal(await table.frame.evaluate<string>("String(getSelection())"), "");
  });

  it("moves the focus to the rows after Reload", async () => {
    await write("people.csv", "id,name,city\n7,Ada,Gent\n8,Bo,Porto\n");
    const reload = table.frame.getByRole("button", { name: "Reload" });
    await reload.waitFor();
    await reload.focus();
    await workbench.page.keyboard.press("Enter");
    await reload.waitFor({ state: "hidden" });
    await table.frame.locator('[role="gridcell"]:focus').waitFor();
    while ((await table.exactRows()) !== 2);
    await workbench.page.keyboard.press("Control+End");
    await table.frame.locator(".footer", { hasText: "Row 2, city" }).waitFor();
  });

  it('distinguishes null, the text "null", an empty text and a missing value, and shows invisible characters', async () => {
    await open("kinds.json", "b");
    const names = [];
    for (const column of [0, 1, 2]) names.push(await table.cell(0, column).getAttribute("aria-label"));
    assert.deepEqual(names, ["Null, not text", null, "Empty"]);
    assert.equal(await table.cell(1, 2).getAttribute("aria-label"), "No value");
    assert.equal(await table.cell(0, 0).locator(".null-sign").count(), 1);
    assert.equal(await table.cell(0, 1).locator(".null-sign").count(), 0);
    assert.equal(await table.cell(1, 0).locator(".invisible").getAttribute("data-code"), "U+202E");
    assert.equal(await table.cell(1, 1).locator(".tab").count(), 1);
    for (const { theme, kind, page } of themes) {
      await workbench.setTheme(theme, kind);
      await table.waitForTheme(page);
      await table.frame.getByLabel("Flattened").focus();
      await workbench.screenshot(`table use: kinds of cells in ${theme}`);
    }
    await workbench.closeEditors();
  });

  it("shows which cells were not read because their row is too long", async () => {
    await open("long.csv", "after");
    await table.cell(0, 2).filter({ hasText: "Not read: row too long" }).waitFor();
    assert.equal(await table.cell(1, 2).innerText(), "there");
    await workbench.closeEditors();
  });

  it("shows the whole last column of 2,000 when End is pressed for the first time", async () => {
    await open("wide.csv", "c0");
    await workbench.page.keyboard.press("End");
    const last = table.cell(0, wideColumns - 1);
    await last.filter({ hasText: "value 0" }).waitFor();
    await table.frame.locator(".footer", { hasText: `c${wideColumns - 1}` }).waitFor();
    const isWhole = `(() => {
      const cell = document.querySelector('[role="gridcell"]:focus');
      const body = document.querySelector(".body").getBoundingClientRect();
      const { left, right, width } = cell.getBoundingClientRect();
      return width !== 120 && left >= body.left && right <= body.right + 1;
    })()`;
    for (let looks = 0; !(await table.frame.evaluate<boolean>(isWhole)); looks++) {
      assert.ok(looks < 100, "the last cell is cut off");
      await workbench.page.waitForTimeout(50);
    }
  });
});
