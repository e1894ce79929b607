import type { HttpClient } from "../../http/httpClient.ts";
import { callJson, type JsonReply } from "../../http/jsonCall.ts";
import type { AccountAccess, ExportTask, ServiceCall } from "../../model/contract.ts";
import type { ExportError } from "../../model/exportError.ts";
import { requireSafeEndpoint } from "../../model/hostRules.ts";
import { readRefusal } from "../refusal.ts";
import { notATaskId, unexpectedAnswer } from "../serviceErrors.ts";
import { jsonCallOptions, type ServiceOptions } from "../serviceOptions.ts";
import { sentSecrets } from "../serviceWords.ts";
import { spaazaHeaders } from "./credentialForms.ts";
import { isDocumentedRefusal, isRefusal, label, readSpaazaRefusal } from "./errors.ts";
import { isSpaazaTaskId } from "./taskId.ts";
import { parseTask, parseTasks, toExportTask } from "./wire.ts";

type TaskRows = NonNullable<ReturnType<typeof parseTasks>>;

/** The calls of the Services API that more than one thing needs. */
export class SpaazaCalls {
  readonly #http: HttpClient;
  readonly #options: ServiceOptions;

  constructor(http: HttpClient, options: ServiceOptions) {
    this.#http = http;
    this.#options = options;
  }

  /** The answer to a GET, whatever it says. `path` begins with a slash. */
  get(access: AccountAccess, path: string, call: ServiceCall): Promise<JsonReply> {
    const url = requireSafeEndpoint(access.account.endpoint) + path;
    const headers = spaazaHeaders(access.credentials);
    const request = { url, headers, isFinal: isDocumentedRefusal };
    return callJson(this.#http, request, jsonCallOptions(this.#options, call));
  }

  /** Export tasks from a place in the list on. @throws ExportError what a refusal means, or `unexpectedResponse` */
  async tasksAt(access: AccountAccess, page: { limit: number; offset: number }, call: ServiceCall): Promise<TaskRows> {
    const reply = await this.get(access, tasksPath(page), call);
    const tasks = parseTasks(acceptedValue(reply, access));
    if (tasks === undefined) throw notUnderstood(reply, access);
    return tasks;
  }

  /**
   * Whether the list goes on behind a page that came shorter than asked for. Neither a total nor the largest page is
   * documented, so a short page may be the service's limit and not the end. A refusal counts as the end.
   */
  async hasTaskAt(access: AccountAccess, offset: number, call: ServiceCall): Promise<boolean> {
    const reply = await this.get(access, tasksPath({ limit: 1, offset }), call);
    return !isRefusal(reply) && reply.body.kind === "json" && (parseTasks(reply.body.value)?.length ?? 0) > 0;
  }

  /** @throws ExportError `taskNotFound` and what else a refusal means, or `unexpectedResponse` */
  async task(access: AccountAccess, taskId: string, call: ServiceCall): Promise<ExportTask> {
    const reply = await this.get(access, `/tasks/${requireTaskId(taskId)}?log_limit=1`, call);
    const task = parseTask(acceptedValue(reply, access, taskId));
    if (task === undefined) throw notUnderstood(reply, access);
    return toExportTask(task, access.account.id);
  }
}

function tasksPath({ limit, offset }: { limit: number; offset: number }): string {
  return `/tasks?action=export&limit=${limit}&offset=${offset}`;
}

/** The JSON value of an answer that is no refusal. @throws ExportError what the refusal means, or `unexpectedResponse` */
function acceptedValue(reply: JsonReply, access: AccountAccess, taskId?: string): unknown {
  if (isRefusal(reply)) throw readSpaazaRefusal(reply, taskId, sentSecrets(access.credentials)).error;
  if (reply.body.kind === "text") throw notUnderstood(reply, access);
  return reply.body.value;
}

/** An answer that is neither a refusal nor what was asked for. */
export function notUnderstood(reply: JsonReply, access: AccountAccess): ExportError {
  return unexpectedAnswer(label, readRefusal(reply, {}, sentSecrets(access.credentials)).details);
}

/** @throws ExportError `invalidRequest` for what is no id of a Spaaza task */
export function requireTaskId(taskId: string): string {
  if (!isSpaazaTaskId(taskId)) throw notATaskId(label);
  return taskId;
}
