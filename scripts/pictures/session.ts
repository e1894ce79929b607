import { writeFile } from "node:fs/promises";
import path from "node:path";
import { bothAccounts } from "../../workbench/page/startWorkbench.ts";
import { Workbench } from "../../workbench/page/workbench.ts";

/** As wide as the pages that show a README: a picture is then seen pixel by pixel, and its text can be read. */
const width = 900;
/** Where a border is dragged: below the title bar, in each picture. */
const dragHeight = 150;

/** A file of the open folder that pictures show beside an export. */
export const script = "wallets.py";
export const notes = "questions.md";
/** A user with a few entries far apart in the export of task 12348. */
export const user = "239073";

const scriptText = `import pandas as pd

ledger = pd.read_csv(
    "Wallet_Export-12348.csv"
)

# Who spent the most?
debits = ledger.query(
    "type == 'debit'"
)
users = debits.groupby("user_id")
print(users["amount"].sum())
`;

const notesText = `# Questions

- Who spent the most?
- Is user ${user} right?
`;

/** A workbench with the defaults of Task Exports. The settings only make room, and keep the picture from moving. */
export async function openSession(height: number): Promise<Workbench> {
  const workbench = await Workbench.open({
    accounts: bothAccounts,
    viewport: { width, height },
    settings: {
      "breadcrumbs.enabled": false,
      "editor.cursorBlinking": "solid",
      "editor.minimap.enabled": false,
      "explorer.autoReveal": false,
      "workbench.colorTheme": "Light Modern",
    },
  });
  try {
    await writeFile(path.join(workbench.workspace, script), scriptText);
    await writeFile(path.join(workbench.workspace, notes), notesText);
    await workbench.showTasksView();
    await workbench.waitForAccounts(2);
    return workbench;
  } catch (error) {
    await workbench.close();
    throw error;
  }
}

/** Drags a border that has its middle at an x to another x. */
export async function dragBorder({ page }: Workbench, from: number, to: number): Promise<void> {
  await page.mouse.move(from, dragHeight);
  await page.mouse.down();
  await page.mouse.move(to, dragHeight, { steps: 5 });
  await page.mouse.up();
}

/** Makes the side bar so wide. */
export async function setSideBarWidth(workbench: Workbench, pixels: number): Promise<void> {
  const box = await workbench.page.locator(".sidebar").first().boundingBox();
  if (box === null) throw new Error("The side bar can't be seen.");
  await dragBorder(workbench, box.x + box.width, box.x + pixels);
}
