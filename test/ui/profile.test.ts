import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import type { Locator } from "playwright-core";
import { assertAccessible } from "../../workbench/page/axe.ts";
import { TableEditor } from "../../workbench/page/tableEditor.ts";
import { themes } from "../../workbench/page/themes.ts";
import { Workbench } from "../../workbench/page/workbench.ts";

const countries = ["Belgium", "Belgium", "France", "Spain"];
const record = (row: number): string => `${row},${countries[row % 4]},${(row * 7) % 50},2026-0${(row % 9) + 1}-01`;
const text = ["id,country,amount,sold", ...Array.from({ length: 300 }, (_, row) => record(row)), ""].join("\n");

describe("Profile Columns", () => {
  let workbench: Workbench;
  let table: TableEditor;
  const pane = (): Locator => table.frame.getByRole("region", { name: "Column profiles" });
  const column = (name: string): Locator => pane().getByRole("heading", { name, exact: true });

  before(async () => {
    workbench = await Workbench.open({
      viewport: { width: 1280, height: 760 },
      settings: { "workbench.editorAssociations": { "*.csv": "taskExports.table" } },
    });
    await writeFile(path.join(workbench.workspace, "sales.csv"), text);
    await workbench.openWorkspaceFile("sales.csv");
    table = await TableEditor.inView(workbench.page);
    await table.exactRows();
  });

  after(() => workbench.close());

  it("shows the columns of the active table, with the engine of the package", async () => {
    await workbench.runCommand("Task Exports: Profile Columns");
    await column("sold").waitFor();
    assert.deepEqual(await pane().getByRole("heading", { level: 3 }).allTextContents(), [
      "id",
      "country",
      "amount",
      "sold",
    ]);
    await assertAccessible(table.frame);
  });

  for (const { theme, kind, page } of themes) {
    it(`can be read in ${theme}`, async () => {
      await workbench.setTheme(theme, kind);
      await table.waitForTheme(page);
      await assertAccessible(table.frame);
      await workbench.screenshot(`profile: ${theme}`);
    });
  }

  it("is below the rows where there is little room", async () => {
    await workbench.page.setViewportSize({ width: 700, height: 760 });
    await column("id").scrollIntoViewIfNeeded();
    await workbench.screenshot("profile: narrow");
    await workbench.page.setViewportSize({ width: 1280, height: 760 });
  });

  it("filters the table by a bar", async () => {
    await pane().getByRole("button", { name: "France" }).click();
    await pane().getByText("About the 75 rows that pass the filter.").waitFor();
    await table.frame.getByRole("button", { name: "Filter: country is “France”. Change." }).waitFor();
  });
});
