import { t } from "@vscode/l10n";
import type { Account, CreateExportRequest, TextRevealExportRequest } from "../../model/contract.ts";
import type { RequestPreview } from "../../model/createRequest.ts";
import { entityFields, entityOrders, universeFilters } from "../../model/exportOptions.ts";
import { requireSafeEndpoint } from "../../model/hostRules.ts";
import { invalidField, onceOnly, universeNotFound, wrongRequestKind } from "../serviceErrors.ts";
import { notUnderstood, type TextRevealReply } from "./calls.ts";
import { isRefusal, label, readTextRevealRefusal } from "./errors.ts";
import { requireUniverseId } from "./universes.ts";
import { parseStarted } from "./wire.ts";

/** @throws ExportError `invalidRequest` for a request to another service */
export function requireTextReveal(request: CreateExportRequest): TextRevealExportRequest {
  if (!isTextReveal(request)) throw wrongRequestKind(label);
  return request;
}

function isTextReveal(request: CreateExportRequest): request is TextRevealExportRequest {
  return request.service === "textreveal";
}

/**
 * The request that starts an export. Everything is in the query. The documentation doesn't say how a list is encoded: each
 * value is sent with the documented name, `name[]`, as for the order of the task list.
 *
 * @throws ExportError `invalidRequest` if something in it isn't documented
 */
export function exportRequest(account: Pick<Account, "endpoint">, request: TextRevealExportRequest): RequestPreview {
  const { universeId, filters = {}, fields = [], order } = request;
  const query = new URLSearchParams();
  for (const [name, values] of Object.entries(filters)) {
    requireOneOf(universeFilters, name, name);
    for (const value of values) query.append(`${name}[]`, value);
  }
  for (const field of fields) query.append("fields[]", requireOneOf(entityFields, field, "fields"));
  if (order !== undefined) query.append("order", requireOneOf(entityOrders, order, "order"));
  const path = `/universes/${requireUniverseId(universeId)}/entities/export`;
  const suffix = query.size === 0 ? "" : `?${query.toString()}`;
  return { method: "POST", url: requireSafeEndpoint(account.endpoint) + path + suffix };
}

function requireOneOf(known: readonly string[], value: string, field: string): string {
  if (known.includes(value)) return value;
  throw invalidField(field, t("{0} is not documented for an export. Use one of {1}.", value, known.join(", ")));
}

/**
 * Sends the request and returns the ID of the task.
 *
 * @throws ExportError what a refusal means, or `unexpectedResponse`; also says if an export may have started nevertheless
 */
export async function startExport(send: () => Promise<TextRevealReply>): Promise<string> {
  const answer = await send();
  try {
    const { reply, secrets } = answer;
    if (isRefusal(reply)) {
      const error = readTextRevealRefusal(reply, "", secrets);
      throw error.code === "taskNotFound" ? universeNotFound(error.details) : error;
    }
    const taskId = reply.body.kind === "json" ? parseStarted(reply.body.value) : undefined;
    if (taskId === undefined) throw notUnderstood(answer);
    return taskId;
  } catch (error) {
    throw onceOnly(error, label);
  }
}
