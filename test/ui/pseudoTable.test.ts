import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import { TableEditor } from "../../workbench/page/tableEditor.ts";
import { Workbench } from "../../workbench/page/workbench.ts";
import { pseudoText } from "./pseudoText.ts";
import { cutTexts } from "./shownText.ts";
import { Untranslated } from "./untranslated.ts";

const records = Array.from({ length: 40 }, (_, row) => ({
  id: 4000 + row,
  title: ["Harbour", "Prices", "Coast", "Museum"][row % 4],
  entities: { places: ["Porto", "Gent"].slice(row % 2) },
  reviewed: row % 3 === 0 ? null : row % 3 === 1,
}));

/** Names and values of the records. */
const values = [/\b(id|title|entities|places|reviewed|Harbour|Prices|Coast|Museum|Porto|Gent|null|true|false)\b/g];

describe("every text of the table is translated, and fits", { timeout: 300_000 }, () => {
  let workbench: Workbench;
  let table: TableEditor;
  let untranslated: Untranslated;

  before(async () => {
    workbench = await Workbench.open({
      language: { id: "qps-ploc", translate: pseudoText },
      settings: {
        "workbench.editorAssociations": Object.fromEntries(
          ["csv", "json", "gz", "bin", "zip"].map((kind) => [`*.${kind}`, "taskExports.table"]),
        ),
      },
    });
    untranslated = new Untranslated(workbench.page);
    await write("analysis.json", JSON.stringify(records));
    await workbench.runCommand("View: Close Primary Side Bar");
  });

  afterEach(async (context) => {
    await workbench.screenshot(`pseudo table: ${context.name}`);
  });

  after(() => workbench.close());

  const say = (english: string): string => workbench.words(english);
  const write = (name: string, content: string | Uint8Array): Promise<void> =>
    writeFile(path.join(workbench.workspace, name), content);

  const cut = new Set<string>();

  async function look(where: string): Promise<void> {
    await untranslated.lookIn(table.frame, where, "body", values);
    for (const text of await cutTexts(table.frame)) cut.add(`${where}: ${text}`);
  }

  async function press(...keys: readonly string[]): Promise<void> {
    await table.focusGrid();
    for (const key of keys) await workbench.page.keyboard.press(key);
  }

  function assertGood(): void {
    const found = [...cut];
    cut.clear();
    assert.deepEqual(found, [], "cut off");
    untranslated.assertNone();
  }

  async function lookAtAll(): Promise<void> {
    const { keyboard } = workbench.page;
    await workbench.openWorkspaceFile("analysis.json");
    table = await TableEditor.withColumn(workbench.page, "title");
    await table.exactRows();
    await look("rows");
    await press("Control+Home", "ArrowDown", "ArrowRight", "ArrowRight", "Enter");
    await table.frame
      .getByRole("region", { name: say("Details") })
      .filter({ hasText: "Porto" })
      .or(table.frame.getByRole("region", { name: say("Details") }).filter({ hasText: "Gent" }))
      .first()
      .waitFor();
    await look("value");
    await table.frame.getByRole("button", { name: say("Show whole record") }).click();
    await table.frame
      .getByRole("region", { name: say("Details") })
      .filter({ hasText: "title" })
      .waitFor();
    await look("record");
    await press("Shift+ArrowDown", "Shift+ArrowLeft", "Shift+ArrowLeft");
    await look("selection");
    await workbench.runCommand("Task Exports: Find in Table");
    await table.frame
      .getByRole("textbox", { name: say("Find") })
      .and(table.frame.locator(":focus"))
      .fill("prices");
    await table.frame.getByRole("search").filter({ hasText: "10" }).waitFor();
    await look("find");
    await workbench.screenshot(`pseudo table: find, ${workbench.page.viewportSize()?.width ?? 0}`);
    await table.frame.getByRole("textbox", { name: say("Find") }).fill("nowhere");
    await table.frame
      .getByRole("search")
      .filter({ hasText: say("No matches") })
      .waitFor();
    await look("find nothing");
    await table.frame.getByRole("textbox", { name: say("Find") }).press("Escape");
    for (const command of ["Go to Row…", "Go to Column…", "Choose Columns…"]) {
      await workbench.runCommand(`Task Exports: ${command}`);
      await table.frame.locator("input:focus, [role='dialog'] :focus").first().waitFor();
      await look(command);
      await keyboard.press("Escape");
    }
    const { width = 0, height = 0 } = (await table.cell(2, 1).boundingBox()) ?? {};
    await table.cell(2, 1).click({ button: "right", position: { x: width - 4, y: height / 2 } });
    await table.frame.getByRole("menuitem").first().waitFor();
    await look("menu of cells");
    await keyboard.press("Escape");
    await table.header("title").click({ button: "right" });
    await table.frame.getByRole("menuitem").first().waitFor();
    await look("menu of a column");
    await keyboard.press("Escape");
    await workbench.closeEditors();
  }

  for (const width of [1280, 700]) {
    it(`with all bars, panes and menus, ${width} pixels wide`, async () => {
      await workbench.page.setViewportSize({ width, height: 760 });
      await lookAtAll();
      assertGood();
    });
  }

  it("in what is shown instead of rows", async () => {
    const states: readonly (readonly [name: string, content: string | Uint8Array])[] = [
      ["empty.csv", ""],
      ["binary.csv", new Uint8Array(4000).map((_, at) => (at * 7) % 32)],
      ["archive.csv", Buffer.from("504b0304140000000800", "hex")],
      ["page.csv", "<!DOCTYPE html><html><body>Sign in</body></html>"],
      ["damaged.csv.gz", Buffer.from("1f8b08000000000000ffffff", "hex")],
      ["object.json", `{"a":{"b":[1,2]}}`],
    ];
    for (const [name, content] of states) {
      await write(name, content);
      await workbench.openWorkspaceFile(name);
      table = await TableEditor.inView(workbench.page, "problem");
      await table.frame.getByRole("heading").first().waitFor();
      await look(name);
      await workbench.closeEditors();
    }
    assertGood();
  });
});
