import { bothAccounts } from "../../workbench/page/startWorkbench.ts";
import { Workbench } from "../../workbench/page/workbench.ts";
import type { Figure } from "../figure.ts";
import { withSpread } from "../statistics.ts";
import type { HostCase } from "./hostCase.ts";

const extensionName = "Task Exports";

/** The time that VS Code itself reports for loading and activating the extension, each time in a fresh window. */
export const activationCase: HostCase = async ({ runs, log }) => {
  await using workbench = await Workbench.open({ accounts: bothAccounts });
  const values: number[] = [];
  for (let run = 0; run <= runs; run++) {
    await workbench.showTasksView();
    await workbench.waitForAccounts(2);
    const took = await reportedActivation(workbench);
    log(`activation: ${took} ms`);
    // The first window also compiles what later ones find in V8's cache.
    if (run > 0) values.push(took);
    await workbench.reload();
  }
  return [activationFigure(values)];
};

function activationFigure(values: readonly number[]): Figure {
  return {
    what: "activation, fresh window",
    figure: "VS Code's own figure: loading the code and activating",
    atMost: 25,
    unit: " ms",
    values,
    digits: 0,
    from: `${values.length} windows, ${withSpread(values, 0)} ms`,
  };
}

/** What the list of running extensions says. */
async function reportedActivation(workbench: Workbench): Promise<number> {
  await workbench.runCommand("Developer: Show Running Extensions");
  const row = workbench.page.locator(".runtime-extensions-editor .monaco-list-row", {
    has: workbench.page.locator(".name", { hasText: new RegExp(`^${extensionName}$`) }),
  });
  const time = row.locator(".activation-time");
  await time.filter({ hasText: /\d+\s*ms/ }).waitFor();
  const text = await time.innerText();
  const found = /(\d+)\s*ms/.exec(text)?.[1];
  if (found === undefined) throw new Error(`VS Code reports no time: ${text}`);
  return Number(found);
}
