import { brokenJson, html, json, plainText } from "../http/answer.ts";
import type { Answer } from "../http/answer.ts";
import { retryAfter } from "../http/retryAfter.ts";
import type { DownloadStep } from "../downloadSteps.ts";
import type { Lifecycle } from "../lifecycle.ts";
import { smallCsv } from "../sampleData/specialContent.ts";
import { conditions, errorAnswer, errorShapes } from "./errorAnswers.ts";
import type { Condition } from "./errorAnswers.ts";
import { exportFileName } from "./spaazaTask.ts";
import type { SpaazaTask } from "./spaazaTask.ts";

const dayMs = 86_400_000;

/** One documented condition with six IDs: `firstId` plus the index in `errorShapes`. */
interface Family {
  firstId: number;
  desc: string;
  condition: Condition;
  /** The task itself. Hidden tasks respond to every call with the error. */
  task: Partial<SpaazaTask> | "hidden";
}

const families: readonly Family[] = [
  { firstId: 40000, desc: "No export task", condition: conditions.notAnExport, task: { action: "import" } },
  { firstId: 40100, desc: "Credentials refused", condition: conditions.unauthorized, task: "hidden" },
  { firstId: 40300, desc: "No permission", condition: conditions.forbidden, task: "hidden" },
  { firstId: 40400, desc: "No such task", condition: conditions.notFound, task: "hidden" },
  {
    firstId: 40900,
    desc: "Running for ever",
    condition: conditions.notDone,
    task: { lifecycle: { fixed: "running" } },
  },
  { firstId: 42200, desc: "Done without a result", condition: conditions.noResult, task: {} },
];

/** Unfinished tasks, with or without progress. The response to their download depends on their state. */
const unfinished: readonly [id: number, desc: string, lifecycle: Lifecycle][] = [
  [40910, "Moves from READY to DONE once it was asked for", { startsWhenSeen: true }],
  [40911, "READY until it is executed", {}],
  [40912, "Failed", { fixed: "failed" }],
  [40913, "Moves from READY to ERROR once it was asked for", { startsWhenSeen: true, fails: true }],
];

const unavailable = (): Answer => plainText(503, "Service Unavailable");
const tooMany = (headers?: Record<string, string>): Answer => json(429, { message: "Too many requests" }, headers);

/** Responses to a request for the download URL that are not documented: limits, failures and invalid data. */
const troubles: readonly [id: number, desc: string, steps: readonly DownloadStep[]][] = [
  [40106, "Credentials refused under status 400", [() => json(400, { message: conditions.unauthorized.sentence })]],
  [42900, "429 with Retry-After in seconds, then a link", [() => tooMany(retryAfter(1)), "link"]],
  [42901, "429 with Retry-After as a date, then a link", [() => tooMany(retryAfter(1, "date")), "link"]],
  [42902, "429 without Retry-After, then a link", [() => tooMany(), "link"]],
  [42903, "429 for an hour", [() => tooMany(retryAfter(3600))]],
  [50300, "503, then a link", [unavailable, "link"]],
  [50301, "503 with Retry-After, then a link", [() => ({ ...unavailable(), headers: retryAfter(1) }), "link"]],
  [50000, "500 always", [() => json(500, { message: "Internal Server Error" })]],
  [50400, "504 always", [() => html(504, "Gateway Time-out")]],
  [50200, "HTML under status 200", [() => html(200, "Please sign in")]],
  [50201, "HTML under status 502", [() => html(502, "Bad Gateway")]],
  [50210, "JSON that breaks off", [() => brokenJson('{"url": "https://')]],
  [50211, "An empty body", [() => brokenJson("")]],
  [50220, "An empty object", [() => json(200, {})]],
  [50221, "url is null", [() => json(200, { url: null })]],
  [50222, "url of the file scheme", [() => json(200, { url: "file:///etc/passwd" })]],
  [50223, "url of the javascript scheme", [() => json(200, { url: "javascript:alert(1)" })]],
  [50224, "url is an empty text", [() => json(200, { url: "" })]],
  [50225, "url without a host", [() => json(200, { url: "/exports/Transaction_Export-50225.csv" })]],
  [50226, "A bare text in place of the object", [() => json(200, "https://127.0.0.1/export.csv")]],
  [50227, "url over plain http on a public host", [() => json(200, { url: "http://storage.example/export.csv" })]],
];

/** All reserved tasks that fail, or succeed only after a while. Older than all others. */
export function reservedRefusals(now: number): SpaazaTask[] {
  const tasks: Omit<SpaazaTask, "createdAt">[] = [
    ...families.flatMap(familyTasks),
    ...unfinished.map(([id, desc, lifecycle]) => ({ ...exportTask(id, desc), lifecycle: { ...lifecycle } })),
    ...troubles.map(([id, desc, downloadSteps]) => ({ ...exportTask(id, desc), downloadSteps })),
  ];
  return tasks.map((task, place) => ({ ...task, createdAt: now - 200 * dayMs - place * dayMs }));
}

function familyTasks({ firstId, desc, condition, task }: Family): Omit<SpaazaTask, "createdAt">[] {
  return errorShapes.map((shape, place) => {
    const refusal = (): Answer => errorAnswer(condition, shape);
    const base = exportTask(firstId + place, `${desc} (${shape})`);
    return task === "hidden" ? { ...base, refusal } : { ...base, ...task, downloadSteps: [refusal] };
  });
}

function exportTask(id: number, desc: string): Omit<SpaazaTask, "createdAt"> {
  return {
    id,
    desc,
    action: "export",
    exportIndex: "transactions",
    exportFormat: "csv",
    lifecycle: { fixed: "done" },
    file: { path: exportFileName(id, "transactions", "csv"), content: smallCsv },
  };
}
