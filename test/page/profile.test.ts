import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, beforeEach, describe, it } from "node:test";
import type { Browser, Locator } from "playwright-core";
import { QueryEngine } from "../../src/query/host/queryEngine.ts";
import { UnpackFolder } from "../../src/table/unpack/unpackFolder.ts";
import { FileOrder } from "../../src/table/view/fileOrder.ts";
import type { ColumnProfiler } from "../../src/vscode/tableEditor/arranger.ts";
import { engineArranger } from "../../src/vscode/tableEditor/engineArranger.ts";
import { engineSummaries } from "../../src/vscode/tableEditor/engineSummaries.ts";
import { launchBrowser } from "../../workbench/host/browser.ts";
import { assertAccessible } from "../../workbench/page/axe.ts";
import { closeAll, type Closers } from "../../workbench/page/startWorkbench.ts";
import type { TableEditor } from "../../workbench/page/tableEditor.ts";
import { enginePrograms } from "../unit/query/host/enginePrograms.ts";
import { TableInBrowser } from "./tableInBrowser.ts";

const rowCount = 400;
const countries = ["Belgium", "Belgium", "France", "Spain"];
const record = (row: number): string => `${row},${countries[row % 4]},${row % 10}`;
const text = ["id,country,amount", ...Array.from({ length: rowCount }, (_, row) => record(row)), ""].join("\n");

describe("Profiles in the table's page", { timeout: 240_000 }, () => {
  const closers: Closers = [];
  let browser: Browser;
  let folder: string;
  let engine: QueryEngine;
  let opened: TableInBrowser;
  let table: TableEditor;

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-profiles-"));
    closers.push(() => rm(folder, { recursive: true, force: true }));
    await writeFile(path.join(folder, "rows.csv"), text);
    engine = new QueryEngine({
      programs: enginePrograms,
      workFolder: new UnpackFolder(path.join(folder, "work")),
      cacheFolder: path.join(folder, "cache"),
      limits: () => ({ memoryLimitMiB: 512, cacheLimitMiB: 100 }),
    });
    closers.push(() => {
      engine.dispose();
      return Promise.resolve();
    });
    browser = await launchBrowser();
    closers.push(() => browser.close());
  });

  after(() => closeAll(closers));

  beforeEach(() => open(engineSummaries(engine)));

  async function open(columnProfiler: ColumnProfiler): Promise<void> {
    const services = { arranger: engineArranger(engine), columnProfiler };
    opened = await TableInBrowser.open(browser, path.join(folder, "rows.csv"), FileOrder, services);
    closers.push(() => opened.close());
    table = await opened.table;
    await table.exactRows();
    await table.focusGrid();
  }

  const page = () => opened.page;
  const press = (key: string): Promise<void> => page().keyboard.press(key);
  const pane = (): Locator => page().getByRole("region", { name: "Column profiles" });
  const column = (name: string): Locator =>
    pane()
      .getByRole("listitem")
      .filter({ has: page().getByRole("heading", { name, exact: true }) });
  const about = (says: string): Promise<void> => pane().getByText(says).waitFor();
  const chip = (says: string): Locator => page().getByRole("button", { name: says });
  const profileAll = async (): Promise<void> => {
    opened.send({ command: "profile", columns: null });
    await column("amount").waitFor();
  };

  it("list all columns with their types and what they contain", async () => {
    await profileAll();
    assert.deepEqual(await pane().getByRole("heading", { level: 3 }).allTextContents(), ["id", "country", "amount"]);
    assert.match(await column("id").innerText(), /Whole numbers[^]*Different values\s+400[^]*Largest\s+399/);
    assert.match(await column("country").innerText(), /Text[^]*Characters\s+5 to 7[^]*Belgium\s+200 \(50%\)/);
    await about("About all 400 rows.");
    await assertAccessible(page().mainFrame());
  });

  it("of one column open from its menu", async () => {
    await page().locator(".header-cell", { hasText: "country" }).click({ button: "right" });
    await page().getByRole("menuitem", { name: "Profile Column" }).click();
    await column("country").waitFor();
    assert.equal(await pane().getByRole("heading", { level: 3 }).count(), 1);
  });

  it("filter by a frequent value, and are then about the rows that are left", async () => {
    await profileAll();
    await column("country").getByRole("button", { name: "France" }).click();
    await chip("Filter: country is “France”. Change.").waitFor();
    await about("About the 100 rows that pass the filter.");
    // The columns appear one by one.
    await column("id")
      .filter({ hasText: /Different values\s*100/ })
      .waitFor();
  });

  it("filter by a bar of a histogram with the keyboard", async () => {
    await profileAll();
    const bars = column("amount").getByRole("group", { name: "Histogram" });
    await bars.getByRole("button").first().focus();
    await press("End");
    await press("ArrowLeft");
    await press("Enter");
    await chip("Filter: amount from “8” to “8”. Change.").waitFor();
    await about("About the 40 rows that pass the filter.");
  });

  it("are shown as histograms in headers when the user wants them, also the next time", async () => {
    const header = (name: string): Locator => page().getByRole("columnheader", { name });
    const toggle = async (label: string): Promise<void> => {
      await page().locator(".header-cell", { hasText: "country" }).click({ button: "right" });
      await page().getByRole("menuitem", { name: label }).click();
    };
    await toggle("Show Histograms in Headers");
    await header("amount, number, from 0 to 9").locator(".header-bars path").waitFor();
    await header("country, text, different values: 3").waitFor();
    await assertAccessible(page().mainFrame());
    await opened.reload();
    await header("amount, number, from 0 to 9").waitFor();
    await toggle("Hide Histograms in Headers");
    await header("amount, number, from 0 to 9").waitFor({ state: "detached" });
  });

  it("close with Escape, and give the focus back to the cell", async () => {
    await profileAll();
    await press("Escape");
    await pane().waitFor({ state: "hidden" });
    await page().locator('[role="gridcell"]:focus').waitFor();
  });

  it("appear one by one, and can be canceled", async () => {
    const real = engineSummaries(engine);
    let canceled = false;
    await open({
      profile: async (file, question, options) => {
        await real.profile(file, { ...question, columns: question.columns.slice(0, 1) }, options);
        options.onProgress(0.5);
        await new Promise<void>((resolve) => options.signal.addEventListener("abort", () => resolve()));
        canceled = true;
      },
    });
    opened.send({ command: "profile", columns: null });
    await column("id").waitFor();
    await pane().getByText("Profiling: 50%").waitFor();
    await pane().getByRole("button", { name: "Cancel" }).click();
    await about("Canceled.");
    assert.ok(canceled);
    assert.equal(await pane().getByRole("heading", { level: 3 }).count(), 1);
  });
});
