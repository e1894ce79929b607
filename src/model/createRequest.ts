import { t } from "@vscode/l10n";
import * as v from "valibot";
import { invalidArgument } from "./accountErrors.ts";
import { boundedList, boundedRecord } from "./boundedShapes.ts";
import type { Account, CreateExportRequest } from "./contract.ts";
import { defined } from "./defined.ts";
import { entityFields, entityOrders, exportFormats, spaazaIndexes, universeFilters } from "./exportOptions.ts";
import { momentOf } from "./outsideNumbers.ts";
import { accountId, fields } from "./requestShapes.ts";
import { segmentShape } from "./segmentShapes.ts";

const longestText = 2000;
const mostValues = 1000;
/** More fields than any form for a person has. */
const mostFields = 100;

const text = v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(longestText));

/** `Date` also reads "12" as a month, and takes February 30 for a day in March. An export would run at another time. */
function isRealMoment(given: string): boolean {
  const [, day] = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?$/.exec(given) ?? [];
  const noon = momentOf(`${day ?? ""}T12:00:00Z`);
  return (
    momentOf(given) !== undefined && noon !== undefined && new Date(noon).toISOString().startsWith(`${day ?? ""}T`)
  );
}

const runAt = v.pipe(
  text,
  v.check(
    (given) => isRealMoment(given),
    () => t("runAt must be a date and time such as 2026-01-31T10:00:00Z."),
  ),
  v.transform((given) => new Date(given).toISOString()),
);

const filters = v.pipe(
  boundedRecord(boundedList(text, mostValues), mostFields, () => t("The request has too many filters.")),
  v.check(
    (given) => Object.keys(given).every((name) => universeFilters.some((known) => known === name)),
    () => t("The request has a filter that TextReveal doesn't document. Use one of {0}.", universeFilters.join(", ")),
  ),
);

/** Whether a text can be the ID of a chain: Spaaza numbers them. */
export function isChainId(text: string): boolean {
  return /^\d{1,15}$/.test(text);
}

const chainId = v.pipe(
  v.string(),
  v.trim(),
  v.check(isChainId, () => t("chainId must be a whole number, as text.")),
);

/** What a caller says about an export. What is missing, a person is asked for. Each field is read once. */
export const createDraft = fields({
  accountId: v.optional(accountId),
  service: v.optional(v.string()),
  index: v.optional(v.picklist(spaazaIndexes)),
  format: v.optional(v.picklist(exportFormats)),
  description: v.optional(text),
  chainId: v.optional(chainId),
  runAt: v.optional(runAt),
  segmentId: v.optional(text),
  segment: v.optional(segmentShape),
  universeId: v.optional(text),
  filters: v.optional(filters),
  fields: v.optional(boundedList(v.picklist(entityFields), entityFields.length)),
  order: v.optional(v.picklist(entityOrders)),
  values: v.optional(
    boundedRecord(v.pipe(v.string(), v.maxLength(longestText)), mostFields, () =>
      t("The request has too many values."),
    ),
  ),
});
export type CreateDraft = v.InferOutput<typeof createDraft>;

/** A request as it is sent, without credentials. */
export interface RequestPreview {
  readonly method: "GET" | "POST";
  /** With the query. */
  readonly url: string;
  /** Sent as JSON. */
  readonly body?: unknown;
}

/** A service whose request can be shown before it is sent. */
export interface PreviewingService {
  /** The request that `createTask` sends. Sends nothing itself. @throws ExportError `invalidRequest` */
  previewTask(account: Account, request: CreateExportRequest): RequestPreview;
}

/**
 * The request for an account's service, made of what belongs to it.
 *
 * @throws ExportError `invalidRequest` that names what is missing
 */
export function toCreateRequest(draft: CreateDraft, account: { id: string; service: string }): CreateExportRequest {
  if (draft.service !== undefined && draft.service !== account.service) {
    throw invalidArgument(t("The account belongs to another service. Check accountId and service."));
  }
  const { service } = account;
  if (service === "spaaza") return { accountId: account.id, service, ...spaazaPart(draft) };
  if (service === "textreveal") return { accountId: account.id, service, ...textRevealPart(draft) };
  return { accountId: account.id, service, values: draft.values ?? {} };
}

/** Whether nothing has to be asked for. */
export function isComplete(draft: CreateDraft, service: string): boolean {
  if (service === "spaaza") {
    return draft.index !== undefined && draft.format !== undefined && draft.description !== undefined;
  }
  return service === "textreveal" ? draft.universeId !== undefined : draft.values !== undefined;
}

function spaazaPart(draft: CreateDraft) {
  const { index, format, description, chainId: chain, runAt: at, segmentId, segment } = draft;
  if (segmentId !== undefined && segment !== undefined) {
    throw invalidArgument(t("An export has either segmentId or segment. Leave one of them out."));
  }
  if (segment !== undefined && index !== undefined && segment.index !== index) {
    throw invalidArgument(t("The segment is for {0}, but {1} are exported. Use the same.", segment.index, index));
  }
  return {
    index: index ?? missing("index"),
    format: format ?? missing("format"),
    description: description ?? missing("description"),
    ...defined({ chainId: chain, runAt: at, segmentId, segment }),
  };
}

function textRevealPart(draft: CreateDraft) {
  const { universeId, filters: given, fields: wanted, order } = draft;
  return { universeId: universeId ?? missing("universeId"), ...defined({ filters: given, fields: wanted, order }) };
}

function missing(field: string): never {
  throw invalidArgument(t("{0} is missing or has the wrong type. Check the call.", field));
}
