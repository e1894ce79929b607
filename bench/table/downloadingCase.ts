import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { TableEditor } from "../../workbench/page/tableEditor.ts";
import { bothAccounts } from "../../workbench/page/startWorkbench.ts";
import { Workbench } from "../../workbench/page/workbench.ts";
import type { Figure } from "../figure.ts";
import type { TableStage } from "./readerCases.ts";

const firstBytes = 64 * 1024;
const slowBytesPerSecond = 32 * 1024;

/**
 * A table that is opened at the beginning of a download: the time from the first 64 KiB on the disk to the first rows.
 */
export async function downloadingCase({ pairs, log }: TableStage): Promise<Figure[]> {
  const workbench = await Workbench.open({ accounts: bothAccounts });
  const values: number[] = [];
  try {
    for (let run = 0; run <= pairs; run++) {
      const took = await timeFromFirstBytes(workbench);
      log(`downloading: ${took.toFixed(0)} ms`);
      if (run > 0) values.push(took);
    }
  } finally {
    await workbench.close();
  }
  return [
    {
      what: "first rows painted, while the file downloads",
      figure: "after its first 64 KiB are on disk",
      atMost: 500,
      unit: " ms",
      values,
      digits: 0,
      from: "a line of 32 KiB/s",
    },
  ];
}

async function timeFromFirstBytes(workbench: Workbench): Promise<number> {
  workbench.line.bytesPerSecond = slowBytesPerSecond;
  await workbench.showTasksView();
  await workbench.filterTasks("20008");
  const row = workbench.treeRow("8 MiB").first();
  await workbench.openMenu(row);
  await workbench.chooseFromMenu("Download Task Export");
  const arrived = firstBytesOnDisk(workbench.userDataDir);
  await workbench.pressInline(row, "Open Export");
  const arrivedAt = await arrived;
  const table = await TableEditor.inView(workbench.page);
  const took = (await table.paintedAt()) - arrivedAt;
  await workbench.closeEditors();
  await workbench.pressInline(workbench.treeRow("8 MiB").first(), "Cancel Download");
  await sleep(500);
  return took;
}

/** When the part had this many bytes, in milliseconds since 1970. */
async function firstBytesOnDisk(folder: string): Promise<number> {
  for (;;) {
    const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
    const part = names.find((name) => name.endsWith(".part"));
    while (part !== undefined) {
      if (statSync(path.join(folder, part)).size >= firstBytes) return performance.timeOrigin + performance.now();
      await sleep(2);
    }
    await sleep(20);
  }
}
