import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { writeLargeCsv } from "../../sandbox/sampleData/largeCsv.ts";
import { TableEditor } from "../../workbench/page/tableEditor.ts";
import { themes } from "../../workbench/page/themes.ts";
import { Workbench } from "../../workbench/page/workbench.ts";

const records = Array.from({ length: 40 }, (_, place) => ({
  id: 4000 + place,
  title: ["Harbour reopens", "Prices fall", "New line to the coast", "Museum at night"][place % 4],
  sentiment: (((place * 37) % 200) - 100) / 100,
  entities: { places: ["Porto", "Gent"].slice(place % 2), people: [] },
  published: `2026-0${1 + (place % 9)}-1${place % 10}T08:30:00Z`,
}));

describe("how the table looks", () => {
  let workbench: Workbench;
  let table: TableEditor;

  before(async () => {
    workbench = await Workbench.open({
      viewport: { width: 1280, height: 760 },
      settings: {
        "workbench.editorAssociations": { "*.csv": "taskExports.table", "*.json": "taskExports.table" },
        "breadcrumbs.enabled": false,
      },
    });
    writeLargeCsv(path.join(workbench.workspace, "transactions.csv"), 64 * 1024 * 1024);
    await writeFile(path.join(workbench.workspace, "analysis.json"), JSON.stringify({ results: records }));
    await workbench.openWorkspaceFile("transactions.csv");
    table = await TableEditor.inView(workbench.page);
    await table.exactRows();
    await workbench.runCommand("Task Exports: Find in Table");
    await table.frame.getByRole("textbox", { name: "Find" }).fill("green");
    await table.frame.getByRole("search").filter({ hasText: "1 of" }).waitFor();
    await workbench.page.mouse.move(20, 500);
  });

  after(() => workbench.close());

  for (const { theme, kind, page } of themes) {
    it(`shows rows, the match and the bars in ${theme}`, async () => {
      await workbench.setTheme(theme, kind);
      await table.waitForTheme(page);
      await table.frame.locator("mark").first().waitFor();
      await workbench.screenshot(`table looks: ${theme}`);
    });
  }

  it("shows an export next to a script", async () => {
    await workbench.setTheme("Light Modern", "vs");
    await table.waitForTheme("vscode-light");
    await workbench.closeEditors();
    await workbench.openWorkspaceFile("report.py");
    await workbench.openWorkspaceFile("transactions.csv", "Control+Enter");
    table = await TableEditor.inView(workbench.page);
    assert.equal(await workbench.tab("transactions.csv", 2).count(), 1);
    await table.exactRows();
    await table.focusGrid();
    await workbench.page.keyboard.press("Control+Home");
    await table.frame.locator(".footer", { hasText: "Row 1, transaction_id" }).waitFor();
    await workbench.screenshot("table looks: beside a script");
    await workbench.closeEditors();
  });

  it("shows JSON records, and a nested value formatted", async () => {
    await workbench.openWorkspaceFile("analysis.json");
    table = await TableEditor.inView(workbench.page);
    assert.equal(await table.exactRows(), records.length);
    await workbench.page.setViewportSize({ width: 1280, height: 560 });
    await table.cell(1, 3).click();
    await table.footer("Row 2").waitFor();
    await table.focusGrid();
    await workbench.page.keyboard.press("Enter");
    await table.frame.getByRole("region", { name: "Details" }).filter({ hasText: "places" }).waitFor();
    await workbench.screenshot("table looks: json");
    await workbench.page.keyboard.press("Escape");
  });

  it("says that it is read-only at the end of a line, but never in a line of its own", async () => {
    await workbench.closeEditors();
    await workbench.openWorkspaceFile("transactions.csv");
    table = await TableEditor.inView(workbench.page);
    await table.exactRows();
    const looks: { height: number; without: number; isSeen: boolean }[] = [];
    for (const width of [1400, 1200, 1100, 1000, 900, 800, 700]) {
      await workbench.page.setViewportSize({ width, height: 560 });
      looks.push(
        await table.frame.evaluate(`(() => {
          const footer = document.querySelector(".footer");
          const readOnly = document.querySelector(".footer-read-only");
          const text = document.createRange();
          text.selectNodeContents(readOnly);
          const { top, height: textHeight } = text.getBoundingClientRect();
          const isSeen = textHeight > 0 && top < readOnly.getBoundingClientRect().bottom;
          const height = footer.offsetHeight;
          readOnly.style.display = "none";
          const without = footer.offsetHeight;
          readOnly.style.display = "";
          return { height, without, isSeen };
        })()`),
      );
    }
    for (const { height, without } of looks) assert.equal(height, without, JSON.stringify(looks));
    assert.equal(looks.at(0)?.isSeen, true);
    assert.equal(looks.at(-1)?.isSeen, false);
    await workbench.openWorkspaceFile("analysis.json");
    table = await TableEditor.inView(workbench.page);
  });

  it("can be used in a narrow window", async () => {
    await workbench.page.setViewportSize({ width: 420, height: 700 });
    await workbench.runCommand("View: Close Primary Side Bar");
    await table.focusGrid();
    await workbench.page.keyboard.press("Control+Home");
    await workbench.page.keyboard.press("ArrowDown");
    await table.frame.locator(".footer", { hasText: "Row 2" }).waitFor();
    await workbench.screenshot("table looks: narrow");
  });
});
