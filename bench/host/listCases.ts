import { Workbench } from "../../workbench/page/workbench.ts";
import { withSpread } from "../statistics.ts";
import type { HostCase } from "./hostCase.ts";
import { startManyTasks } from "./manyTasks.ts";
import { Probe, probeExtension } from "./probe.ts";

const pageSize = 1000;
const manyTasks = 10_000;

/** From the last byte of the service's response to the first painted task, in a window that has just loaded. */
export const listCase: HostCase = async ({ runs, log }) => {
  await using service = await startManyTasks(pageSize);
  await using workbench = await Workbench.open({
    accounts: () => [service.account],
    settings: { "taskExports.pageSize": pageSize },
  });
  // A script of the page itself sees the row in the frame that paints it.
  await workbench.page.addInitScript(noteFirstTask);
  await workbench.showTasksView();
  await workbench.treeRow("Export 1").first().waitFor();
  const values: number[] = [];
  for (let run = 0; run <= runs; run++) {
    await workbench.reload();
    await workbench.treeRow("Export 1").first().waitFor();
    const paintedAt = await workbench.page.evaluate<number>("window.firstTaskPaintedAt");
    const took = paintedAt - service.answeredAt;
    log(`list: ${took.toFixed(0)} ms`);
    if (run > 0) values.push(took);
  }
  return [
    {
      what: "1,000 tasks: service's response → first task painted",
      figure: "wall, in a window that loads",
      atMost: 300,
      unit: " ms",
      values,
      digits: 0,
      from: `${values.length} windows, ${withSpread(values, 0)} ms`,
    },
  ];
};

/** Runs in the page. */
const noteFirstTask = `if (window === window.top) {
  const look = () => {
    const rows = [...document.querySelectorAll(".pane-body .monaco-list-row")];
    if (rows.some((row) => row.textContent.includes("Export 1"))) {
      window.firstTaskPaintedAt = performance.timeOrigin + performance.now();
    } else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}`;

/** Refreshes an account with 10,000 loaded tasks, of which one far below is selected. */
export const manyTasksCase: HostCase = async ({ runs, log }) => {
  await using service = await startManyTasks(manyTasks);
  await using workbench = await Workbench.open({
    accounts: () => [service.account],
    settings: { "taskExports.pageSize": pageSize },
    extensions: [probeExtension],
  });
  const probe = new Probe(workbench);
  await workbench.showTasksView();
  await workbench.treeRow("Export 1").first().waitFor();
  for (let loaded = pageSize; loaded < manyTasks; loaded += pageSize) await loadMore(workbench, loaded);
  const blocks: number[] = [];
  for (let run = 0; run <= runs; run++) {
    const before = await selection(workbench);
    const { longestBlockMs } = await probe.during(() => refresh(workbench, service));
    const after = await selection(workbench);
    if (before !== after) throw new Error(`The refresh moved the selection from ${before} to ${after}.`);
    log(`10,000 tasks: ${longestBlockMs.toFixed(0)} ms, ${after}`);
    if (run > 0) blocks.push(longestBlockMs);
  }
  return [
    {
      what: "10,000 tasks in the tree: Refresh Tasks, selection and scroll position stay",
      figure: "longest block of the extension host",
      atMost: 50,
      unit: " ms",
      values: blocks,
      digits: 0,
      from: `${blocks.length} refreshes of 10 pages`,
    },
  ];
};

/** The command selects the first new task, which scrolls there. */
async function loadMore(workbench: Workbench, loaded: number): Promise<void> {
  const next = workbench.selectedTreeRow(`Export ${loaded + 1}`);
  // The first run may only load the page, and the second shows it.
  for (let tries = 0; tries < 3 && (await next.count()) === 0; tries++) {
    await workbench.runCommand("Task Exports: Load More Tasks");
    await next.waitFor({ timeout: 10_000 }).catch(() => undefined);
  }
  await next.waitFor();
}

async function refresh(workbench: Workbench, service: { readonly requests: number }): Promise<void> {
  const before = service.requests;
  await workbench.runCommand("Task Exports: Refresh Tasks");
  while (service.requests < before + manyTasks / pageSize) await workbench.page.waitForTimeout(50);
  // The rows are arranged and painted after the last page.
  await workbench.page.waitForTimeout(2000);
}

/** The selected row and where it is painted. */
async function selection(workbench: Workbench): Promise<string> {
  const row = workbench.page.locator(".pane-body .monaco-list-row.selected");
  const [name, box] = [await row.getAttribute("aria-label"), await row.boundingBox()];
  return `${name?.split(",")[0] ?? "nothing"} at ${box?.y.toFixed(0) ?? "nowhere"}`;
}
