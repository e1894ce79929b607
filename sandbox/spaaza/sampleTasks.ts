import type { ExportFormat } from "../sampleData/content.ts";
import { createRandom, seedFor } from "../sampleData/random.ts";
import type { Random } from "../sampleData/random.ts";
import { exportFileName, sampleContent } from "./spaazaTask.ts";
import type { ExportIndex, SpaazaTask } from "./spaazaTask.ts";

const sampleCount = 160;
const firstSampleId = 11_001;
const dayMs = 86_400_000;
const otherActions = ["email", "import", "segment_update", "voucher_distribution"];
const exportIndexes: ExportIndex[] = [
  "transactions",
  "users",
  "vouchers",
  "wallet-ledger",
  "products",
  "product-variants",
];
const formats: ExportFormat[] = ["csv", "csv", "json"];

/**
 * The history of a chain: about one task per day, two thirds of them exports, most of them done. Newer tasks have
 * higher IDs.
 */
export function sampleTasks(seed: number, now: number): SpaazaTask[] {
  const random = createRandom(seedFor(seed, "spaaza sample tasks"));
  return Array.from({ length: sampleCount }, (_, place) => {
    const id = firstSampleId + place;
    const createdAt = now - (sampleCount - place) * dayMs + random.below(dayMs / 2);
    return random.chance(2 / 3) ? sampleExport(random, id, createdAt) : otherTask(random, id, createdAt);
  });
}

function sampleExport(random: Random, id: number, createdAt: number): SpaazaTask {
  const exportIndex = random.pick(exportIndexes);
  const exportFormat = random.pick(formats);
  const content = sampleContent(id, exportIndex, exportFormat, { rows: 20 + random.below(400) });
  return {
    id,
    desc: `Nightly export of ${exportIndex}`,
    action: "export",
    exportIndex,
    exportFormat,
    createdAt,
    lifecycle: { fixed: random.chance(0.08) ? "failed" : "done" },
    file: { path: exportFileName(id, exportIndex, exportFormat), content },
  };
}

function otherTask(random: Random, id: number, createdAt: number): SpaazaTask {
  const action = random.pick(otherActions);
  return {
    id,
    desc: `Campaign task: ${action}`,
    action,
    campaignId: 700 + random.below(5),
    createdAt,
    lifecycle: { fixed: random.chance(0.1) ? "failed" : "done" },
  };
}
