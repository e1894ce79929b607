import type { Content, ExportFormat, TableLength } from "../sampleData/content.ts";
import {
  awkwardCsv,
  byteOrderMarkCsv,
  emptyContent,
  gzippedCsv,
  htmlPage,
  smallCsv,
  utf16Csv,
} from "../sampleData/specialContent.ts";
import type { DownloadStep } from "../downloadSteps.ts";
import type { TaskFile } from "../taskFiles.ts";
import { exportFileName, sampleContent } from "./spaazaTask.ts";
import type { ExportIndex, SpaazaTask } from "./spaazaTask.ts";

const minuteMs = 60_000;
const mebibyte = 1024 * 1024;

/** Finished exports: one for each index and format, newest first. */
const samples: readonly [id: number, index: ExportIndex, format: ExportFormat, length: TableLength][] = [
  [12345, "transactions", "csv", { bytes: 3 * mebibyte }],
  [12346, "users", "csv", { rows: 5000 }],
  [12347, "vouchers", "json", { rows: 4000 }],
  [12348, "wallet-ledger", "csv", { rows: 6000 }],
  [12349, "products", "csv", { rows: 800 }],
  [12350, "products", "json", { rows: 800 }],
  [12351, "product-variants", "csv", { rows: 4000 }],
  [12352, "product-variants", "json", { rows: 4000 }],
  [12353, "transactions", "json", { rows: 3000 }],
  [12354, "users", "json", { rows: 1000 }],
];

/** Exports with difficult content. */
const specials: readonly [id: number, desc: string, content: Content, extension: string][] = [
  [12360, "Empty export, 0 bytes", emptyContent, "csv"],
  [12361, "Quoted line breaks, Unicode and long fields", awkwardCsv, "csv"],
  [12362, "UTF-16 with a byte order mark", utf16Csv, "csv"],
  [12363, "UTF-8 with a byte order mark", byteOrderMarkCsv, "csv"],
  [12364, "A gzip file as such", gzippedCsv, "csv.gz"],
];

/** Exports with special behavior of the download URL or the store. */
const links: readonly [id: number, desc: string, steps: readonly DownloadStep[], file: Partial<TaskFile>][] = [
  [60000, "Link past its end, every second one fresh", ["expiredLink", "link"], {}],
  [60001, "Links always past their end", ["expiredLink"], {}],
  [60002, "Link to a missing file", ["link"], { missing: true }],
  [60003, "Link to an HTML page", ["link"], { content: htmlPage }],
  [60004, "Another name in Content-Disposition", ["link"], { dispositionName: "Monthly report.csv" }],
  [60005, "../ in the link's file name", ["link"], { path: "60005/../../escaped.csv" }],
  [60006, "../ in Content-Disposition", ["link"], { dispositionName: "../../escaped.csv" }],
  [60007, "Link with a forged signature", ["forgedLink"], {}],
  [60008, "Links that live 2 seconds", ["shortLink"], {}],
  [60009, "Checksum that does not fit the bytes", ["link"], { wrongChecksum: true }],
  [60010, "A name that Windows reserves", ["link"], { path: "60010/CON.csv" }],
  [60011, "A name of 300 characters", ["link"], { path: `60011/${"n".repeat(296)}.csv` }],
  [60012, "Link with a forged signature, every second one right", ["forgedLink", "link"], {}],
];

/** The sizes in the list. All other sizes from 1 to 1024 MiB are available by ID. */
const listedMebibytes = [1, 8, 64, 256, 1024] as const;
const sizedFrom: Record<ExportFormat, number> = { csv: 20_000, json: 30_000 };

/** All reserved tasks with a file. The newest was created a few minutes before `now`. */
export function reservedExports(now: number): SpaazaTask[] {
  const tasks = [
    ...samples.map(([id, index, format, length]) => ({
      ...exportTask(id, `Export of ${index}`, index, format),
      file: fileOf(exportFileName(id, index, format), sampleContent(id, index, format, length)),
    })),
    ...specials.map(([id, desc, content, extension]) => ({
      ...exportTask(id, desc, "transactions", "csv"),
      file: fileOf(exportFileName(id, "transactions", "csv").replace(/csv$/, extension), content),
    })),
    ...listedMebibytes.flatMap((size) => [sized("csv", size), sized("json", size)]),
    ...links.map(([id, desc, downloadSteps, file]) => ({
      ...exportTask(id, desc, "transactions", "csv"),
      downloadSteps,
      file: { ...fileOf(exportFileName(id, "transactions", "csv"), smallCsv), ...file },
    })),
  ];
  return tasks.map((task, place) => ({ ...task, createdAt: now - (place + 2) * 3 * minuteMs }));
}

/** The export of `id - 20000` MiB as CSV, or of `id - 30000` MiB as JSON, if the ID is in that range. */
export function sizedExport(id: number, createdAt: number): SpaazaTask | undefined {
  for (const format of ["csv", "json"] as const) {
    const size = id - sizedFrom[format];
    if (size >= 1 && size <= 1024) return { ...sized(format, size), createdAt };
  }
  return undefined;
}

type UndatedTask = Omit<SpaazaTask, "createdAt">;

function sized(format: ExportFormat, size: number): UndatedTask {
  const id = sizedFrom[format] + size;
  const content = sampleContent(id, "transactions", format, { bytes: size * mebibyte });
  return {
    ...exportTask(id, `Export of transactions, ${size} MiB`, "transactions", format),
    file: fileOf(exportFileName(id, "transactions", format), content),
  };
}

function exportTask(id: number, desc: string, exportIndex: ExportIndex, exportFormat: ExportFormat): UndatedTask {
  return { id, desc, action: "export", exportIndex, exportFormat, lifecycle: { fixed: "done" } };
}

function fileOf(path: string, content: Content): TaskFile {
  return { path, content };
}
