import type { HttpClient } from "../../http/httpClient.ts";
import { callJson, type JsonReply } from "../../http/jsonCall.ts";
import type { AccountAccess, ExportTask, ServiceCall } from "../../model/contract.ts";
import { defined } from "../../model/defined.ts";
import type { ExportError } from "../../model/exportError.ts";
import { requireSafeEndpoint } from "../../model/hostRules.ts";
import { limitTasks } from "../answerLimits.ts";
import { readRefusal } from "../refusal.ts";
import { notATaskId, onceOnly, unexpectedAnswer } from "../serviceErrors.ts";
import { jsonCallOptions, type ServiceOptions } from "../serviceOptions.ts";
import { sentSecrets } from "../serviceWords.ts";
import { spaazaHeaders } from "./credentialForms.ts";
import { isDocumentedRefusal, isRefusal, label, readSpaazaRefusal } from "./errors.ts";
import { logLines, mostLogLines } from "./logLines.ts";
import { isSpaazaTaskId } from "./taskId.ts";
import { parseEntries, parseTask, type SpaazaTask, toExportTask } from "./wire.ts";

/** The calls of the Services API that several features use. */
export class SpaazaCalls {
  readonly #http: HttpClient;
  readonly #options: ServiceOptions;

  constructor(http: HttpClient, options: ServiceOptions) {
    this.#http = http;
    this.#options = options;
  }

  /** Sends a GET and returns any response. `path` begins with a slash. */
  get(access: AccountAccess, path: string, call: ServiceCall): Promise<JsonReply> {
    return this.#send(access, { method: "GET", url: requireSafeEndpoint(access.account.endpoint) + path }, call);
  }

  /**
   * Sends a POST once, and returns the JSON value of the response. It is not sent again after it may have been received.
   *
   * @throws ExportError what a refusal means, or `unexpectedResponse`; also says if the request may have had an effect
   */
  async post(
    access: AccountAccess,
    request: { url: string; body?: unknown },
    call: ServiceCall,
    taskId?: string,
  ): Promise<unknown> {
    try {
      return acceptedValue(await this.#send(access, { ...request, method: "POST" }, call), access, taskId);
    } catch (error) {
      throw onceOnly(error, label);
    }
  }

  #send(
    access: AccountAccess,
    request: { method: "GET" | "POST"; url: string; body?: unknown },
    call: ServiceCall,
  ): Promise<JsonReply> {
    const headers = spaazaHeaders(access.credentials);
    return callJson(
      this.#http,
      { ...request, headers, isFinal: isDocumentedRefusal },
      jsonCallOptions(this.#options, call),
    );
  }

  /**
   * The entries of the list of export tasks from an offset on, unchecked.
   *
   * @throws ExportError what a refusal means, or `unexpectedResponse`
   */
  async entriesAt(
    access: AccountAccess,
    page: { limit: number; offset: number },
    call: ServiceCall,
  ): Promise<readonly unknown[]> {
    const reply = await this.get(access, tasksPath(page), call);
    const entries = parseEntries(acceptedValue(reply, access));
    if (entries === undefined) throw notUnderstood(reply, access);
    limitTasks(label, entries.length, { status: reply.status, host: reply.host });
    return entries;
  }

  /**
   * Whether there are more tasks after a page that is shorter than requested. Neither a total nor a largest page size is
   * documented, so a short page may be due to the service's limit. A refusal counts as the end.
   */
  async hasTaskAt(access: AccountAccess, offset: number, call: ServiceCall): Promise<boolean> {
    const reply = await this.get(access, tasksPath({ limit: 1, offset }), call);
    return !isRefusal(reply) && reply.body.kind === "json" && (parseEntries(reply.body.value)?.length ?? 0) > 0;
  }

  /** @throws ExportError `taskNotFound`, what a refusal means, or `unexpectedResponse` */
  async task(access: AccountAccess, taskId: string, call: ServiceCall): Promise<ExportTask> {
    const { task } = await this.rawTask(access, taskId, call);
    const log = logLines(task.logs, sentSecrets(access.credentials));
    return { ...toExportTask(task, access.account.id), ...defined({ log: log.length === 0 ? undefined : log }) };
  }

  /** A task, and everything that the service sent about it. @throws ExportError as `task` does */
  async rawTask(
    access: AccountAccess,
    taskId: string,
    call: ServiceCall,
  ): Promise<{ readonly task: SpaazaTask; readonly sent: unknown }> {
    const reply = await this.get(access, `/tasks/${requireTaskId(taskId)}?log_limit=${mostLogLines}`, call);
    const sent = acceptedValue(reply, access, taskId);
    const task = parseTask(sent);
    if (task === undefined) throw notUnderstood(reply, access);
    return { task, sent };
  }
}

function tasksPath({ limit, offset }: { limit: number; offset: number }): string {
  return `/tasks?action=export&limit=${limit}&offset=${offset}`;
}

/** The JSON value of a successful response. @throws ExportError what a refusal means, or `unexpectedResponse` */
function acceptedValue(reply: JsonReply, access: AccountAccess, taskId?: string): unknown {
  if (isRefusal(reply)) throw readSpaazaRefusal(reply, taskId, sentSecrets(access.credentials)).error;
  if (reply.body.kind === "text") throw notUnderstood(reply, access);
  return reply.body.value;
}

/** The error for a response that is neither a refusal nor the requested data. */
export function notUnderstood(reply: JsonReply, access: AccountAccess): ExportError {
  return unexpectedAnswer(label, readRefusal(reply, {}, sentSecrets(access.credentials)).details);
}

/** @throws ExportError `invalidRequest` if it is not a Spaaza task id */
export function requireTaskId(taskId: string): string {
  if (!isSpaazaTaskId(taskId)) throw notATaskId(label);
  return taskId;
}
