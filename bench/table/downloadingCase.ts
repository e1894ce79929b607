import { setTimeout as sleep } from "node:timers/promises";
import { TableEditor } from "../../workbench/page/tableEditor.ts";
import { bothAccounts } from "../../workbench/page/startWorkbench.ts";
import { Workbench } from "../../workbench/page/workbench.ts";
import type { Figure } from "../figure.ts";
import { bytesOfPart } from "./partOnDisk.ts";
import type { TableStage } from "./readerCases.ts";

const firstBytes = 64 * 1024;
const slowBytesPerSecond = 32 * 1024;
const arrivalLimitMs = 30_000;

/**
 * A table that is opened at the beginning of a download: the time from the first 64 KiB on the disk to the first rows.
 */
export async function downloadingCase({ pairs, log }: TableStage): Promise<Figure[]> {
  await using workbench = await Workbench.open({ accounts: bothAccounts });
  const values: number[] = [];
  for (let run = 0; run <= pairs; run++) {
    const took = await timeFromFirstBytes(workbench);
    log(`downloading: ${took.toFixed(0)} ms`);
    if (run > 0) values.push(took);
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
  const [arrivedAt] = await Promise.all([
    firstBytesOnDisk(workbench.exportsFolder),
    workbench.pressInline(row, "Open Export"),
  ]);
  const table = await TableEditor.inView(workbench.page);
  const took = (await table.paintedAt()) - arrivedAt;
  await workbench.closeEditors();
  await workbench.openMenu(row);
  await workbench.chooseFromMenu("Cancel Download");
  await workbench.pressButton(workbench.notification(/stopped\. .+ are kept/), "Discard");
  await workbench.treeRow(/% of/).waitFor({ state: "detached" });
  while (bytesOfPart(workbench.exportsFolder) > 0) await sleep(20);
  return took;
}

/** When the part had this many bytes, in milliseconds since 1970. */
async function firstBytesOnDisk(folder: string): Promise<number> {
  const waitUntil = performance.now() + arrivalLimitMs;
  while (bytesOfPart(folder) < firstBytes) {
    if (performance.now() > waitUntil) throw new Error(`The download has not written ${firstBytes} bytes in time.`);
    await sleep(2);
  }
  return performance.timeOrigin + performance.now();
}
