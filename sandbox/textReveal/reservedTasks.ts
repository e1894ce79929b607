import { brokenJson, html, json } from "../http/answer.ts";
import type { Answer } from "../http/answer.ts";
import { retryAfter } from "../http/retryAfter.ts";
import type { DownloadStep } from "../downloadSteps.ts";
import type { Lifecycle } from "../lifecycle.ts";
import { awkwardCsv, emptyContent, htmlPage, smallCsv } from "../sampleData/specialContent.ts";
import type { TaskFile } from "../taskFiles.ts";
import { errorAnswer, tooManyExports } from "./errorAnswer.ts";
import { partContent, partOf, reservedId, samplePart } from "./textRevealTask.ts";
import type { TextRevealTask } from "./textRevealTask.ts";

const minuteMs = 60_000;
const dayMs = 86_400_000;
const mebibyte = 1024 * 1024;
const sizedFrom = 10_000;
const listedMebibytes = [8, 64, 256, 1024] as const;

/** Finished exports, newest first. */
const exports: readonly [lastPart: number, description: string, files: (id: string) => TaskFile[]][] = [
  [1, "Documents, 1 CSV file", (id) => [samplePart(id, 0, "csv", { rows: 4000 })]],
  [2, "Documents, 2 JSON files", (id) => [0, 1].map((part) => samplePart(id, part, "json", { rows: 1500 }))],
  [3, "Documents, 3 CSV files", (id) => [0, 1, 2].map((part) => samplePart(id, part, "csv", { rows: 2000 + part * 500 }))],
  [4, "2 files of one name", (id) => [0, 1].map((part) => partOf(id, `part=${part}/documents.csv`, partContent(id, part, "csv", { rows: 300 })))],
  [5, "An empty file and a full one", (id) => [partOf(id, "empty.csv", emptyContent), samplePart(id, 1, "csv", { rows: 300 })]],
  [6, "Quoted line breaks, Unicode and long fields", (id) => [partOf(id, "awkward.csv", awkwardCsv)]],
]; // prettier-ignore

/** Tasks with or without progress. The response to their download depends on their status. */
const unfinished: readonly [lastPart: number, description: string, lifecycle: Lifecycle][] = [
  [202, "Running for ever", { fixed: "running" }],
  [203, "Moves from starting to completed once it was asked for", { startsWhenSeen: true }],
  [424, "Failed", { fixed: "failed" }],
];

const notAuthorized = (): Answer => errorAnswer(401, "Not authenticated");
const tooMany = (headers?: Record<string, string>): Answer => errorAnswer(429, tooManyExports, headers && { headers });
const badRequest = (): Answer =>
  errorAnswer(400, "The server returned an unexpected response", {
    errors: [
      { message: "Expected number, received string", field: "size", reason: "invalid_type" },
      { message: "Invalid uuid", field: "task_id", reason: "invalid_string" },
    ],
  });

/** Responses to a request for the download URLs. The errors are documented; the rest can happen anyway. */
const troubles: readonly [lastPart: number, description: string, steps: readonly DownloadStep[]][] = [
  [400, "400 with a list of errors", [badRequest]],
  [429, "429 with Retry-After, then links", [() => tooMany(retryAfter(1)), "link"]],
  [1429, "429 without Retry-After, then links", [() => tooMany(), "link"]],
  [2429, "429 for an hour", [() => tooMany(retryAfter(3600))]],
  [3429, "429 with Retry-After as a date, then links", [() => tooMany(retryAfter(1, "date")), "link"]],
  [500, "500 always", [() => errorAnswer(500, "Internal server error")]],
  [1500, "500, then links", [() => errorAnswer(500, "Internal server error"), "link"]],
  [504, "504 always", [() => errorAnswer(504, "The request timed out")]],
  [1504, "504, then links", [() => errorAnswer(504, "The request timed out"), "link"]],
  [1202, "Completed, but the download says it is not", [() => errorAnswer(400, "The task is not completed.")]],
  [200, "An empty list", [() => json(200, [])]],
  [210, "HTML under status 200", [() => html(200, "Please sign in")]],
  [211, "JSON that breaks off", [() => brokenJson('["https://')]],
  [212, "An object in place of the list", [() => json(200, { urls: [] })]],
  [213, "A url of the file scheme", [() => json(200, ["file:///etc/passwd"])]],
  [214, "A url of the javascript scheme", [() => json(200, ["javascript:alert(1)"])]],
  [215, "Numbers in place of urls", [() => json(200, [1, 2])]],
  [216, "null in place of the list", [() => json(200, null)]],
  [217, "An empty object", [() => json(200, {})]],
  [600, "Links past their end, every second time fresh", ["expiredLink", "link"]],
  [601, "Links always past their end", ["expiredLink"]],
  [608, "Links that live 2 seconds", ["shortLink"]],
];

/** Also the response to a request for the status. */
const hidden: readonly [lastPart: number, refusal: () => Answer][] = [
  [401, notAuthorized],
  [403, () => errorAnswer(403, "Not authorized to access this resource")],
  [404, () => errorAnswer(404, "[record] not found.")],
];

type UndatedTask = Omit<TextRevealTask, "createdAt">;

/** All reserved tasks. Tasks without errors were created recently, the others long ago. */
export function reservedTasks(now: number): TextRevealTask[] {
  const working = [
    ...exports.map(([lastPart, description, files]) => task(lastPart, description, files(reservedId(lastPart)))),
    ...listedMebibytes.map(sized),
  ];
  const failing = [
    ...unfinished.map(([lastPart, description, lifecycle]) => ({
      ...task(lastPart, description),
      lifecycle: { ...lifecycle },
    })),
    ...troubles.map(([lastPart, description, downloadSteps]) => ({ ...task(lastPart, description), downloadSteps })),
    ...brokenStores(),
    ...hidden.map(([lastPart, refusal]) => ({ ...task(lastPart, "Refused"), refusal })),
  ];
  return [
    ...working.map((each, place) => ({ ...each, createdAt: now - (place + 2) * 3 * minuteMs })),
    ...failing.map((each, place) => ({ ...each, createdAt: now - (200 + place) * dayMs })),
  ];
}

/** The export of 1 to 1024 MiB if the last digits of the ID are its size (`…010064`: 64 MiB). */
export function sizedTask(id: string, createdAt: number): TextRevealTask | undefined {
  const [, digits] = /^00000000-0000-4000-8000-0000000(1\d{4})$/.exec(id) ?? [];
  const size = Number(digits ?? 0) - sizedFrom;
  return size >= 1 && size <= 1024 ? { ...sized(size), createdAt } : undefined;
}

function sized(size: number): UndatedTask {
  const id = reservedId(sizedFrom + size);
  return task(sizedFrom + size, `Documents, ${size} MiB`, [samplePart(id, 0, "csv", { bytes: size * mebibyte })]);
}

/** Tasks with failures of the store, not of the API. */
function brokenStores(): UndatedTask[] {
  const parts = [0, 1, 2].map((part) => samplePart(reservedId(604), part, "csv", { rows: 200 }));
  return [
    task(602, "Link to a missing file", [{ ...partOf(reservedId(602), "documents.csv", smallCsv), missing: true }]),
    task(603, "Link to an HTML page", [partOf(reservedId(603), "documents.csv", htmlPage)]),
    task(
      604,
      "The second of 3 files is missing",
      parts.map((part, index) => ({ ...part, missing: index === 1 })),
    ),
  ];
}

function task(lastPart: number, description: string, files?: TaskFile[]): UndatedTask {
  const id = reservedId(lastPart);
  return {
    id,
    description,
    lifecycle: { fixed: "done" },
    files: files ?? [partOf(id, "documents.csv", smallCsv)],
  };
}
