import { t } from "@vscode/l10n";
import { type Clock, systemClock } from "../../http/clock.ts";
import type { HttpClient } from "../../http/httpClient.ts";
import type { AccountAccess, ExportService, ServiceCall } from "../../model/contract.ts";
import type { CreateDraft, PreviewingService } from "../../model/createRequest.ts";
import { requireSafeEndpoint } from "../../model/hostRules.ts";
import { explainRefusedDownload } from "../refusedDownload.ts";
import { resolvedFiles } from "../resolvedFiles.ts";
import { notACursor } from "../serviceErrors.ts";
import type { ServiceOptions } from "../serviceOptions.ts";
import { sentSecrets } from "../serviceWords.ts";
import { notUnderstood, requireTaskId, SpaazaCalls } from "./calls.ts";
import { createdTaskId, createTaskRequest, draftOf, requireSpaaza, withChain } from "./createTask.ts";
import { spaazaCredentialForms } from "./credentialForms.ts";
import { isRefusal, label, readSpaazaRefusal } from "./errors.ts";
import { findSpaazaTaskId } from "./taskId.ts";
import { isExport, parseLink, parseTasks, toExportTask } from "./wire.ts";

/** How long a download URL is valid, according to the service's documentation. */
const linkLifetimeMs = 60 * 60 * 1000;

/** What the Services API offers in addition to what every service has. */
export interface SpaazaService extends ExportService, PreviewingService {
  /** What a task exports, to create a similar one. */
  draftOf(access: AccountAccess, taskId: string, call: ServiceCall): Promise<CreateDraft>;
}

/** The Spaaza Services API: export tasks of one chain. */
export function createSpaazaService(http: HttpClient, options: ServiceOptions): SpaazaService {
  const clock = options.clock ?? systemClock;

  const calls = new SpaazaCalls(http, options);

  return {
    id: "spaaza",
    label,
    get endpoints() {
      return [
        { url: "https://services-prod.spaaza.com", description: t("Production") },
        { url: "https://services-test01.spaaza.com", description: t("Test") },
      ];
    },
    get credentialForms() {
      return spaazaCredentialForms();
    },
    findTaskId: findSpaazaTaskId,
    async verify(access, call) {
      await calls.entriesAt(access, { limit: 1, offset: 0 }, call);
    },
    async listTasks(access, { cursor, pageSize }, call) {
      const offset = offsetOf(cursor);
      const entries = await calls.entriesAt(access, { limit: pageSize, offset }, call);
      const rows = await parseTasks(entries, call.signal);
      const tasks = rows.filter(isExport).map((task) => toExportTask(task, access.account.id));
      const end = offset + entries.length;
      const isFull = entries.length >= pageSize;
      const hasMore = isFull || (entries.length > 0 && (await calls.hasTaskAt(access, end, call)));
      return hasMore ? { tasks, next: String(end) } : { tasks };
    },
    getTask: (access, taskId, call) => calls.task(access, taskId, call),
    async resolveDownload(access, taskId, call) {
      const reply = await calls.get(access, `/tasks/${requireTaskId(taskId)}/download_url`, call);
      if (isRefusal(reply)) {
        const { error, isOpen } = readSpaazaRefusal(reply, taskId, sentSecrets(access.credentials));
        throw isOpen ? await explainRefusedDownload(error, taskId, () => calls.task(access, taskId, call)) : error;
      }
      const link = reply.body.kind === "json" ? parseLink(reply.body.value) : undefined;
      if (link === undefined) throw notUnderstood(reply, access);
      return await resolvedFiles([link], {
        service: label,
        endpoint: access.account.endpoint,
        taskId,
        headers: reply.headers,
        details: { status: reply.status, host: reply.host },
        now: clock.now(),
        lifetimeMs: linkLifetimeMs,
        signal: call.signal,
      });
    },
    ...createTaskCalls(calls, clock),
  };
}

/** What creates tasks and runs them. */
function createTaskCalls(
  calls: SpaazaCalls,
  clock: Clock,
): Pick<SpaazaService, "previewTask" | "createTask" | "runTask" | "draftOf"> {
  return {
    previewTask: (account, request) => createTaskRequest(account, requireSpaaza(request), clock.now()),
    async createTask(access, request, call) {
      const whole = withChain(requireSpaaza(request), access.credentials);
      const created = await calls.post(access, createTaskRequest(access.account, whole, clock.now()), call);
      return { taskId: createdTaskId(created) };
    },
    async runTask(access, taskId, call) {
      const path = `/tasks/${requireTaskId(taskId)}/execute`;
      await calls.post(access, { url: requireSafeEndpoint(access.account.endpoint) + path }, call, taskId);
    },
    async draftOf(access, taskId, call) {
      return draftOf(await calls.rawTask(access, taskId, call));
    },
  };
}

/** The cursor is the number of tasks before the page. */
function offsetOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (!/^\d{1,12}$/.test(cursor)) throw notACursor();
  return Number(cursor);
}
