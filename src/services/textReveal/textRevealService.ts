import { systemClock } from "../../http/clock.ts";
import type { HttpClient } from "../../http/httpClient.ts";
import { callJson, type JsonReply } from "../../http/jsonCall.ts";
import type { AccountAccess, ExportService, ExportTask, ResolvedFile, ServiceCall } from "../../model/contract.ts";
import { requireSafeEndpoint } from "../../model/hostRules.ts";
import { limitTasks } from "../answerLimits.ts";
import { readRefusal } from "../refusal.ts";
import { explainRefusedDownload } from "../refusedDownload.ts";
import { resolvedFiles } from "../resolvedFiles.ts";
import { notATaskId, unexpectedAnswer, wrongCredentialKind } from "../serviceErrors.ts";
import { jsonCallOptions, type ServiceOptions } from "../serviceOptions.ts";
import { sentSecrets } from "../serviceWords.ts";
import { checkedAccessToken, textRevealCredentialForms } from "./credentialForms.ts";
import { isRefusal, isSettled, isUnauthorized, label, leavesOpen, readTextRevealRefusal } from "./errors.ts";
import { createTaskList } from "./taskList.ts";
import { findTextRevealTaskId, isTextRevealTaskId } from "./taskId.ts";
import { defaultLoginEndpoint, TokenStore } from "./token.ts";
import { parseLinks, parsePage, parseStatus, toExportTask } from "./wire.ts";

const defaultEndpoint = "https://api.textreveal.com/v3";

/** How long a download URL is valid, according to the service's documentation. */
const linkLifetimeMs = 5 * 60 * 1000;

/** The TextReveal API, version 3: export tasks with one or more files each. */
export function createTextRevealService(http: HttpClient, options: ServiceOptions): ExportService {
  const clock = options.clock ?? systemClock;
  const tokens = new TokenStore(http, options);

  /** Sends a request with a token, and again with a new token if the service rejects the first. */
  async function get(access: AccountAccess, path: string, call: ServiceCall): Promise<TextRevealReply> {
    const url = requireSafeEndpoint(access.account.endpoint) + path;
    const ask = async (token: string) => {
      const request = { url, headers: { authorization: `Bearer ${token}` }, isFinal: isSettled };
      const reply = await callJson(http, request, jsonCallOptions(options, call));
      return { reply, secrets: sentSecrets(access.credentials, token) };
    };
    const { credentials } = access;
    if (credentials.kind === "accessToken") return ask(checkedAccessToken(credentials).token);
    if (credentials.kind !== "apiKey") throw wrongCredentialKind(label);
    const token = await tokens.token(access, credentials, call);
    const first = await ask(token);
    return isUnauthorized(first.reply) ? ask(await tokens.token(access, credentials, call, token)) : first;
  }

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
  };
}

interface TextRevealReply {
  readonly reply: JsonReply;
  /** What was sent and must not appear in a message. */
  readonly secrets: readonly string[];
}

/** The JSON value of a successful response. @throws ExportError what a refusal means, or `unexpectedResponse` */
function acceptedValue(answer: TextRevealReply, taskId?: string): unknown {
  const { reply, secrets } = answer;
  if (isRefusal(reply)) throw readTextRevealRefusal(reply, taskId, secrets);
  if (reply.body.kind === "text") throw notUnderstood(answer);
  return reply.body.value;
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

function notUnderstood({ reply, secrets }: TextRevealReply) {
  return unexpectedAnswer(label, readRefusal(reply, {}, secrets).details);
}

function requireTaskId(taskId: string): string {
  if (!isTextRevealTaskId(taskId)) throw notATaskId(label);
  return taskId;
}
