import { writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { TableEditor } from "../../workbench/page/tableEditor.ts";
import { themes } from "../../workbench/page/themes.ts";
import { Workbench } from "../../workbench/page/workbench.ts";
import { assertAccessible } from "../../workbench/page/axe.ts";

const records = Array.from({ length: 40 }, (_, row) => ({
  id: 4000 + row,
  title: ["Harbour reopens", "Prices fall", "New line to the coast", "Museum at night"][row % 4],
  sentiment: (((row * 37) % 200) - 100) / 100,
  entities: { places: ["Porto", "Gent"].slice(row % 2), people: [] },
  reviewed: row % 3 === 0 ? null : row % 3 === 1,
  note: row % 5 === 0 ? "" : `Reported ${row} times`,
}));

describe("everything around the rows of a table", { timeout: 300_000 }, () => {
  let workbench: Workbench;
  let table: TableEditor;

  before(async () => {
    workbench = await Workbench.open({
      viewport: { width: 1280, height: 760 },
      settings: { "workbench.editorAssociations": { "*.json": "taskExports.table" } },
    });
    await writeFile(path.join(workbench.workspace, "analysis.json"), JSON.stringify(records));
    await workbench.openWorkspaceFile("analysis.json");
    table = await TableEditor.withColumn(workbench.page, "title");
    await table.focusGrid();
    await workbench.page.keyboard.press("Enter");
    await table.detail.waitFor();
    await table.detail.getByRole("separator").focus();
    await workbench.page.keyboard.press("ArrowLeft");
  });

  after(() => workbench.close());

  const wholeRecord = () => table.detail.getByRole("button", { name: "Show whole record" });

  /** Looks at a state of the page as it is now: a picture, and axe. */
  async function look(state: string): Promise<void> {
    await workbench.screenshot(`table access: ${state}`);
    await assertAccessible(table.frame);
  }

  /** Presses keys in the grid. */
  async function press(...keys: readonly string[]): Promise<void> {
    await table.focusGrid();
    for (const key of keys) await workbench.page.keyboard.press(key);
  }

  /** Again if a match that was found meanwhile took the selection, as a person does. */
  async function selectNineCells(): Promise<void> {
    const extend = ["ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight"].map((key) => `Shift+${key}`);
    for (let tries = 1; ; tries++) {
      await press("Control+Home", "ArrowDown", ...extend);
      try {
        await table.footer("Count: 9 · Sum:").waitFor({ timeout: 3000 });
        return;
      } catch (error) {
        if (tries === 5) throw error;
      }
    }
  }

  /** The detail pane, the sum of a selection, the find bar, the list of columns and both menus, one after another. */
  async function lookAtAll(where: string): Promise<void> {
    const { keyboard } = workbench.page;
    await press("Control+Home", "ArrowDown", "ArrowRight", "ArrowRight", "ArrowRight");
    await table.detail.getByLabel("Value", { exact: true }).filter({ hasText: "Gent" }).waitFor();
    await look(`${where}, a value`);
    await wholeRecord().click();
    await table.detail.filter({ hasText: "6 fields" }).waitFor();
    await workbench.runCommand("Task Exports: Find in Table");
    // Until VS Code has given the focus back to the table, keys go to its command palette.
    await table.frame.getByRole("textbox", { name: "Find" }).and(table.frame.locator(":focus")).fill("prices");
    await table.frame.getByRole("search").filter({ hasText: "of 10" }).waitFor();
    await selectNineCells();
    await look(`${where}, a record, find and a sum`);
    await workbench.runCommand("Task Exports: Choose Columns…");
    await table.frame.getByRole("button", { name: "Pin title" }).waitFor();
    await look(`${where}, the list of columns`);
    await keyboard.press("Escape");
    // In a narrow window, the beginning of the cell is behind the row numbers.
    const { width = 0, height = 0 } = (await table.cell(2, 1).boundingBox()) ?? {};
    await table.cell(2, 1).click({ button: "right", position: { x: width - 4, y: height / 2 } });
    await table.frame.getByRole("menuitem", { name: "Save Selection As…" }).hover();
    await look(`${where}, the menu of cells`);
    await keyboard.press("Escape");
    await table.header("title").click({ button: "right" });
    await table.frame.getByRole("menuitem", { name: "Wider" }).waitFor();
    await look(`${where}, the menu of a column`);
    await keyboard.press("Escape");
    await wholeRecord().click();
    await table.frame.getByRole("textbox", { name: "Find" }).press("Escape");
    await table.frame.getByRole("search").waitFor({ state: "hidden" });
  }

  for (const { theme, kind, page } of themes) {
    it(`can be used by everyone in ${theme}`, async () => {
      await workbench.setTheme(theme, kind);
      await table.waitForTheme(page);
      await lookAtAll(theme);
    });
  }

  it("can be used by everyone in a narrow window", async () => {
    await workbench.setTheme("Light Modern", "vs");
    await table.waitForTheme("vscode-light");
    await workbench.runCommand("View: Close Primary Side Bar");
    await workbench.page.setViewportSize({ width: 640, height: 760 });
    await lookAtAll("narrow");
  });
});
