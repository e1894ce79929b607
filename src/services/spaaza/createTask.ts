import { t } from "@vscode/l10n";
import * as v from "valibot";
import type { Account, CreateExportRequest, Credentials, SpaazaExportRequest } from "../../model/contract.ts";
import { type CreateDraft, isChainId, type RequestPreview } from "../../model/createRequest.ts";
import { defined } from "../../model/defined.ts";
import { exportFormats, spaazaIndexes } from "../../model/exportOptions.ts";
import { requireSafeEndpoint } from "../../model/hostRules.ts";
import { readRequest } from "../../model/readRequest.ts";
import { type Segment, segmentShape } from "../../model/segmentShapes.ts";
import { invalidField, onceOnly, unexpectedAnswer, wrongRequestKind } from "../serviceErrors.ts";
import { maybe } from "../wireFields.ts";
import { label } from "./errors.ts";
import { parseTask, type SpaazaTask } from "./wire.ts";

/** @throws ExportError `invalidRequest` for a request to another service */
export function requireSpaaza(request: CreateExportRequest): SpaazaExportRequest {
  if (!isSpaaza(request)) throw wrongRequestKind(label);
  return request;
}

export function isSpaaza(request: CreateExportRequest): request is SpaazaExportRequest {
  return request.service === "spaaza";
}

/** An admin session says its chain. A privileged token belongs to one, but doesn't say which. */
export function withChain(request: SpaazaExportRequest, credentials: Credentials): SpaazaExportRequest {
  if (request.chainId !== undefined || credentials.kind !== "admin") return request;
  return { ...request, chainId: credentials.chainId };
}

/**
 * The request that creates a task, with nothing in it that isn't documented. Created and shown by the same function, so
 * that what a person sees is what is sent.
 *
 * @throws ExportError `invalidRequest` if the chain is missing or the segment isn't one
 */
export function createTaskRequest(
  account: Pick<Account, "endpoint">,
  request: SpaazaExportRequest,
  now: number,
): RequestPreview {
  const { index, format, description, runAt, segmentId } = request;
  const chain = chainNumber(request.chainId);
  const segment = request.segment === undefined ? undefined : readRequest(segmentShape, request.segment, "segment");
  return {
    method: "POST",
    url: `${requireSafeEndpoint(account.endpoint)}/tasks`,
    body: {
      chain,
      desc: description,
      target: { action: "export", export_index: index, export_format: format },
      trigger: {
        once: runAt ?? new Date(now).toISOString(),
        ...defined({ segment_id: segmentId, segment: segment === undefined ? undefined : inChain(segment, chain) }),
      },
    },
  };
}

function chainNumber(chainId: string | undefined): number {
  if (chainId !== undefined && isChainId(chainId)) return Number(chainId);
  throw invalidField("chain", t("Spaaza needs the ID of the chain, a whole number. Copy it from the Console."));
}

/** In the documented order of its fields. */
function inChain({ entity, index, join, rules, ...given }: Segment, chain: number): Segment {
  return { entity, index, join, chain_id: given.chain_id ?? chain, rules };
}

/** @throws ExportError `unexpectedResponse` if the response is no task */
export function createdTaskId(created: unknown): string {
  const task = parseTask(created);
  if (task === undefined) throw onceOnly(unexpectedAnswer(label, {}), label);
  return String(task.id);
}

const index = v.picklist(spaazaIndexes);
const format = v.picklist(exportFormats);
const idText = v.pipe(
  v.union([v.pipe(v.number(), v.safeInteger()), v.pipe(v.string(), v.nonEmpty())]),
  v.transform(String),
);
const triggerSchema = v.object({
  trigger: maybe(v.object({ segment_id: maybe(idText), segment: maybe(segmentShape) })),
});

/** What a task says of its export. What isn't documented is left out. */
export function draftOf({ task, sent }: { readonly task: SpaazaTask; readonly sent: unknown }): CreateDraft {
  const trigger = v.safeParse(triggerSchema, sent);
  const { segment_id: segmentId, segment } = (trigger.success ? trigger.output.trigger : undefined) ?? {};
  const chainId = task.chain === undefined ? undefined : String(task.chain);
  return defined({
    index: documented(index, task.target?.export_index),
    format: documented(format, task.target?.export_format?.toLowerCase()),
    description: task.desc === "" ? undefined : task.desc,
    chainId: chainId !== undefined && isChainId(chainId) ? chainId : undefined,
    segmentId,
    segment: segmentId === undefined ? segment : undefined,
  });
}

function documented<const Schema extends v.GenericSchema>(schema: Schema, value: unknown) {
  const parsed = v.safeParse(schema, value);
  return parsed.success ? parsed.output : undefined;
}
