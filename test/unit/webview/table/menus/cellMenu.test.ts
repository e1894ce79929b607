import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, it } from "node:test";
import * as v from "valibot";
import { cellMenu, type CellMenuActions } from "../../../../../src/webview/table/menus/cellMenu.ts";

const root = path.resolve(import.meta.dirname, "../../../../..");
const texts = v.parse(
  v.record(v.string(), v.string()),
  JSON.parse(await readFile(path.join(root, "package.nls.json"), "utf8")),
);

function nothing(): void {
  // Only the labels are looked at.
}

const actions: CellMenuActions = {
  copy: nothing,
  copyRows: nothing,
  copyColumns: nothing,
  saveSelection: nothing,
  showDetail: nothing,
  openColumnMenu: nothing,
  revealInText: nothing,
  filterByValue: nothing,
  excludeValue: nothing,
  find: nothing,
  goToRow: nothing,
  goToColumn: nothing,
  chooseColumns: nothing,
  showAllColumns: nothing,
};

describe("The menu of a cell", () => {
  it("gives every action the same name as its command", () => {
    const labels = cellMenu(actions, true).flatMap((entry) => (entry === "separator" ? [] : entry.label));
    const commands = [
      "goToRow",
      "goToColumn",
      "chooseColumns",
      "showAllColumns",
      "revealInText",
      "saveSelection",
      "showDetail",
    ];
    const copies = ["copyAsTsv", "copyAsCsv", "copyAsJson", "copyAsMarkdown"];
    for (const command of [...commands, ...copies]) {
      const title = texts[`command.table.${command}`] ?? "";
      assert.ok(labels.includes(title), `${command}: ${title}`);
    }
  });
});
