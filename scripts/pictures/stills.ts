import { writeFile } from "node:fs/promises";
import path from "node:path";
import { TableEditor } from "../../workbench/page/tableEditor.ts";
import type { Workbench } from "../../workbench/page/workbench.ts";
import { setSideBarWidth } from "./session.ts";

/** Where the mouse hovers over nothing that answers. */
const nowhere = { x: 700, y: 6 };

async function take({ page }: Workbench): Promise<Uint8Array> {
  await page.mouse.move(nowhere.x, nowhere.y);
  return page.screenshot({ animations: "disabled" });
}

async function downloadTask(workbench: Workbench, row: string, file: string): Promise<void> {
  await workbench.openMenu(workbench.treeRow(row));
  await workbench.chooseFromMenu("Download Task Export");
  await workbench.tab(file).waitFor();
  // Until then it may take the focus, and with it close a menu.
  await (await TableEditor.inView(workbench.page)).exactRows();
}

/** Tasks in each state, with the table of a downloaded one beside them. */
export async function takeTasksView(workbench: Workbench): Promise<Uint8Array> {
  await setSideBarWidth(workbench, 420);
  const ledger = "Export of wallet-ledger";
  const vouchers = "Export of vouchers";
  await downloadTask(workbench, ledger, "Wallet_Export-12348.csv");
  await workbench.expand(workbench.treeRow(ledger));
  workbench.line.bytesPerSecond = 150_000;
  await workbench.openMenu(workbench.treeRow(vouchers));
  await workbench.chooseFromMenu("Download Task Export");
  await workbench.treeRow(/% of/).waitFor();
  await workbench.pressInline(workbench.treeRow(/% of/), "Pause Download");
  await workbench.treeRow(/paused/).waitFor();
  await workbench.dismissNotifications();
  return take(workbench);
}

/** The box for a secret while an account is added. */
export async function takeSecret(workbench: Workbench): Promise<Uint8Array> {
  const { tokenId, tokenSecret } = workbench.sandbox.spaaza.privileged;
  await setSideBarWidth(workbench, 360);
  await workbench.runCommand("Task Exports: Add Account…");
  await workbench.choose("Spaaza");
  await workbench.answer("Account name", "Shop in Amsterdam");
  await workbench.choose("https://services-prod.spaaza.com");
  await workbench.choose("Privileged token");
  await workbench.answer("Token ID", tokenId);
  await workbench.typeAnswer("Token secret", tokenSecret);
  return take(workbench);
}

/** A table with the sum of what is selected in its footer. */
export async function takeTable(workbench: Workbench): Promise<Uint8Array> {
  await downloadTask(workbench, "Export of wallet-ledger", "Wallet_Export-12348.csv");
  await workbench.runCommand("View: Close Primary Side Bar");
  const table = await TableEditor.inView(workbench.page);
  await table.exactRows();
  const balance = 5;
  await table.cell(1, 3).hover();
  await workbench.page.mouse.wheel(300, 0);
  await table.header("created_at").waitFor();
  await table.cell(1, balance).click();
  await table.cell(8, balance).click({ modifiers: ["Shift"] });
  await table.frame.locator(".footer", { hasText: "Average" }).waitFor();
  return take(workbench);
}

const articles = Array.from({ length: 40 }, (_, at) => ({
  id: 4000 + at,
  title: ["Harbour reopens", "Prices fall", "New line to the coast", "Museum at night"][at % 4],
  sentiment: (((at * 37) % 200) - 100) / 100,
  entities: { places: ["Porto", "Gent"].slice(at % 2), people: at % 3 === 0 ? ["J. Almeida"] : [] },
  published: `2026-0${1 + (at % 9)}-1${at % 10}T08:30:00Z`,
}));

/** JSON records in a dark theme, with a nested value in the detail pane. */
export async function takeDetail(workbench: Workbench): Promise<Uint8Array> {
  await writeFile(path.join(workbench.workspace, "analysis.json"), JSON.stringify({ results: articles }));
  await workbench.setTheme("Dark Modern", "vs-dark");
  await workbench.openWorkspaceFile("analysis.json");
  await workbench.runCommand("Task Exports: Open as Table");
  const table = await TableEditor.inView(workbench.page);
  await table.exactRows();
  await workbench.runCommand("View: Close Primary Side Bar");
  await table.cell(0, 3).click();
  await table.focusGrid();
  await workbench.page.keyboard.press("Enter");
  await table.frame.getByRole("region", { name: "Details" }).filter({ hasText: "places" }).waitFor();
  return take(workbench);
}
