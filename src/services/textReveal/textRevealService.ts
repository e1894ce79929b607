import { systemClock } from "../../http/clock.ts";
import type { HttpClient } from "../../http/httpClient.ts";
import type { AccountAccess, ExportService, ExportTask, ResolvedFile, ServiceCall } from "../../model/contract.ts";
import { limitTasks } from "../answerLimits.ts";
import type { PreviewingService } from "../../model/createRequest.ts";
import { explainRefusedDownload } from "../refusedDownload.ts";
import { resolvedFiles } from "../resolvedFiles.ts";
import { notATaskId } from "../serviceErrors.ts";
import type { ServiceOptions } from "../serviceOptions.ts";
import { acceptedValue, createCalls, notUnderstood, type TextRevealReply } from "./calls.ts";
import { textRevealCredentialForms } from "./credentialForms.ts";
import { isRefusal, label, leavesOpen, readTextRevealRefusal } from "./errors.ts";
import { exportRequest, requireTextReveal, startExport } from "./exportRequest.ts";
import { createTaskList } from "./taskList.ts";
import { findTextRevealTaskId, isTextRevealTaskId } from "./taskId.ts";
import { defaultLoginEndpoint } from "./token.ts";
import { createUniverses, type Universes } from "./universes.ts";
import { parseLinks, parsePage, parseStatus, toExportTask } from "./wire.ts";

const defaultEndpoint = "https://api.textreveal.com/v3";

/** How long a download URL is valid, according to the service's documentation. */
const linkLifetimeMs = 5 * 60 * 1000;

/** What the API offers in addition to what every service has. */
export interface TextRevealService extends ExportService, PreviewingService {
  readonly universes: Universes;
}

/** The TextReveal API, version 3: export tasks with one or more files each. */
export function createTextRevealService(http: HttpClient, options: ServiceOptions): TextRevealService {
  const clock = options.clock ?? systemClock;
  const { get, post } = createCalls(http, options);

  async function getTask(access: AccountAccess, taskId: string, call: ServiceCall): Promise<ExportTask> {
    const answer = await get(access, `/tasks/${requireTaskId(taskId)}/status`, call);
    const status = parseStatus(acceptedValue(answer, taskId));
    if (status === undefined) throw notUnderstood(answer);
    return toExportTask({ id: taskId, status }, access.account.id);
  }

  const listTasks = createTaskList(async (access, query, call) => {
    const answer = await get(access, `/tasks?${query.toString()}`, call);
    const page = parsePage(acceptedValue(answer));
    if (page === undefined) throw notUnderstood(answer);
    limitTasks(label, page.entries.length, { status: answer.reply.status, host: answer.reply.host });
    return page;
  });

  return {
    id: "textreveal",
    label,
    endpoints: [{ url: defaultEndpoint }],
    defaultEndpoint,
    defaultLoginEndpoint,
    get credentialForms() {
      return textRevealCredentialForms();
    },
    findTaskId: findTextRevealTaskId,
    async verify(access, call) {
      const answer = await get(access, "/tasks?size=1", call);
      if (parsePage(acceptedValue(answer)) === undefined) throw notUnderstood(answer);
    },
    listTasks,
    getTask,
    async resolveDownload(access, taskId, call) {
      const answer = await get(access, `/tasks/${requireTaskId(taskId)}/download`, call);
      if (!isRefusal(answer.reply))
        return await filesIn(answer, access, { taskId, now: clock.now(), signal: call.signal });
      const error = readTextRevealRefusal(answer.reply, taskId, answer.secrets);
      if (!leavesOpen(error)) throw error;
      throw await explainRefusedDownload(error, taskId, () => getTask(access, taskId, call));
    },
    universes: createUniverses(get),
    previewTask: (account, request) => exportRequest(account, requireTextReveal(request)),
    async createTask(access, request, call) {
      const { url } = exportRequest(access.account, requireTextReveal(request));
      return { taskId: await startExport(() => post(access, url, call)) };
    },
  };
}

/** The files of a successful response. @throws ExportError `unexpectedResponse`, `noResultFile`; see `resolvedFiles` */
async function filesIn(
  answer: TextRevealReply,
  { account }: AccountAccess,
  context: { readonly taskId: string; readonly now: number; readonly signal: AbortSignal },
): Promise<ResolvedFile[]> {
  const { status, host, headers, body } = answer.reply;
  const links = body.kind === "json" ? parseLinks(body.value) : undefined;
  if (links === undefined) throw notUnderstood(answer);
  const { endpoint } = account;
  const details = { status, host };
  return resolvedFiles(links, { ...context, service: label, endpoint, headers, details, lifetimeMs: linkLifetimeMs });
}

function requireTaskId(taskId: string): string {
  if (!isTextRevealTaskId(taskId)) throw notATaskId(label);
  return taskId;
}
