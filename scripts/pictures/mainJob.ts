import type { Locator } from "playwright-core";
import { TableEditor } from "../../workbench/page/tableEditor.ts";
import type { Workbench } from "../../workbench/page/workbench.ts";
import type { Frame } from "./film.ts";
import { Recorder } from "./recorder.ts";
import { dragBorder, notes, script, setSideBarWidth, user } from "./session.ts";

/** Slow enough to see the progress of half a megabyte. */
const bytesPerSecond = 40_000;
const exportName = "Wallet_Export-12348.csv";
/** What the notification shows, in percent, when it is filmed. */
const shownPercentages = [10, 25, 40, 55, 70, 85];

/** Films the main job: a task is downloaded from its context menu, its table opens beside a script, a value is found. */
export async function filmMainJob(workbench: Workbench): Promise<readonly Frame[]> {
  await prepare(workbench);
  const recorder = await Recorder.start(workbench.page, { x: 560, y: 380 });
  await recorder.hold(900);
  await download(workbench, recorder);
  const table = await TableEditor.inView(workbench.page);
  await table.exactRows();
  await recorder.hold(1300);
  await makeRoom(workbench, recorder);
  await find(workbench, recorder, table);
  return recorder.frames;
}

/** A script, and beside it the notes in whose group the table will open. */
async function prepare(workbench: Workbench): Promise<void> {
  await setSideBarWidth(workbench, 250);
  await workbench.openWorkspaceFile(script);
  await workbench.openWorkspaceFile(notes, "Control+Enter");
  const group = await workbench.page.locator(".editor-group-container").nth(1).boundingBox();
  if (group === null) throw new Error("There is no second group of editors.");
  await dragBorder(workbench, group.x, group.x - 30);
  await workbench.editorLines(2).click();
}

async function download(workbench: Workbench, recorder: Recorder): Promise<void> {
  const task = workbench.treeRow("Export of wallet-ledger");
  await recorder.moveTo(task, { x: 110, y: 11 });
  await recorder.click(() => workbench.menuItem(/./).first().waitFor(), "right");
  await recorder.hold(700);
  await recorder.moveTo(workbench.menuItem(/^Download Task Export$/), { x: 70, y: 12 });
  workbench.line.bytesPerSecond = bytesPerSecond;
  const progress = workbench.notification("Downloading task 12348");
  await recorder.click(() => progress.waitFor());
  // Away from the rows, which show details when the mouse stays on them.
  await recorder.moveTo(workbench.editorLines(2), { x: 90, y: 160 });
  for (const percentage of shownPercentages) {
    await reaches(progress, percentage);
    await recorder.hold(450);
  }
  await workbench.tab(exportName).waitFor();
}

/** Waits until the notification shows at least so many percent. */
async function reaches(progress: Locator, percentage: number): Promise<void> {
  for (;;) {
    const shown = /(\d+)%/.exec((await progress.allInnerTexts()).join(" "))?.[1];
    if (shown === undefined && (await progress.count()) === 0) return;
    if (Number(shown ?? 0) >= percentage) return;
    await progress.page().waitForTimeout(20);
  }
}

/** The icon of the view that is open closes the side bar. */
async function makeRoom({ page }: Workbench, recorder: Recorder): Promise<void> {
  await recorder.moveTo(page.locator(".activitybar").getByRole("tab", { name: /^Task Exports/ }));
  await recorder.click(() => page.locator(".sidebar").first().waitFor({ state: "hidden" }));
  await recorder.hold(900);
}

async function find({ page }: Workbench, recorder: Recorder, table: TableEditor): Promise<void> {
  const button = page.locator(".editor-group-container.active .editor-actions").getByRole("button", { name: /^Find/ });
  await recorder.moveTo(button);
  await recorder.click(() => table.frame.getByRole("textbox", { name: "Find" }).waitFor());
  await recorder.hold(400);
  const bar = table.frame.getByRole("search");
  await recorder.type(user);
  await bar.filter({ hasText: "1 of 3" }).waitFor();
  await recorder.hold(1500);
  await page.keyboard.press("Enter");
  await bar.filter({ hasText: "2 of 3" }).waitFor();
  await recorder.hold(2600);
}
