import type { AccountAccess, ExportService, ExportTask, ServiceCall } from "./task-exports.d.ts";

/** A report as the server describes it. Check what you receive: the types only say what you hope for. */
interface Report {
  readonly id: string;
  readonly title: string;
  readonly ready: boolean;
}

/**
 * A tiny service with two requests: `GET /reports` lists all reports, and `GET /reports/{id}/link` returns the URL of a
 * file. Task Exports does the rest: accounts, the Tasks view, downloads that resume, tables.
 */
export function reportShelf(): ExportService {
  return {
    id: "report-shelf",
    label: "Report Shelf",
    endpoints: [{ url: "https://reports.example.com", description: "The usual server" }],
    credentialForms: [
      {
        kind: "custom",
        label: "Key",
        fields: [{ name: "key", label: "Key", secret: true }],
        toCredentials: (values) => ({ kind: "custom", values: { ...values } }),
      },
    ],
    findTaskId: (text) => /\bR-\d+\b/.exec(text)?.[0],
    async verify(access, call) {
      await listReports(access, call);
    },
    async listTasks(access, _page, call) {
      const reports = await listReports(access, call);
      return { tasks: reports.map((report) => toTask(report, access)) };
    },
    async getTask(access, taskId, call) {
      const report = (await listReports(access, call)).find(({ id }) => id === taskId);
      if (report === undefined) throw failure("taskNotFound", `There is no report ${taskId}. Check the ID.`);
      return toTask(report, access);
    },
    async resolveDownload(access, taskId, call) {
      const answer = await get(access, `/reports/${encodeURIComponent(taskId)}/link`, call);
      if (typeof answer !== "object" || answer === null || !("url" in answer) || typeof answer.url !== "string") {
        throw failure("unexpectedResponse", "The server sent no link. Try again later.");
      }
      return [{ index: 0, name: `${taskId}.csv`, url: answer.url }];
    },
  };
}

async function listReports(access: AccountAccess, call: ServiceCall): Promise<Report[]> {
  const answer = await get(access, "/reports", call);
  return Array.isArray(answer) ? answer.filter(isReport) : [];
}

async function get({ account, credentials }: AccountAccess, path: string, { signal }: ServiceCall): Promise<unknown> {
  const key = credentials.kind === "custom" ? (credentials.values["key"] ?? "") : "";
  const response = await fetch(new URL(path, account.endpoint), { headers: { "X-Report-Key": key }, signal });
  // Error codes are those of Task Exports. A message is shown to people, so it never contains the key.
  if (response.status === 401) throw failure("unauthorized", "The server rejected the key. Enter another one.");
  if (response.status === 404) throw failure("taskNotFound", "There is no such report. Check the ID.");
  if (!response.ok) throw failure("serviceUnavailable", `The server answered ${response.status}. Try again later.`);
  return response.json();
}

function toTask({ id, title, ready }: Report, { account }: AccountAccess): ExportTask {
  return {
    id,
    accountId: account.id,
    description: title,
    state: ready ? "done" : "running",
    serviceState: ready ? "ready" : "not ready",
    format: "csv",
  };
}

function isReport(given: unknown): given is Report {
  if (typeof given !== "object" || given === null) return false;
  const { id, title, ready } = given as Partial<Record<keyof Report, unknown>>;
  return typeof id === "string" && typeof title === "string" && typeof ready === "boolean";
}

function failure(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
