import * as v from "valibot";
import * as vscode from "vscode";
import { createDraft } from "../../model/createRequest.ts";
import { boundedList } from "../../model/boundedShapes.ts";
import { credentialsSchema } from "../../model/credentials.ts";
import {
  accountId as accountIdShape,
  fields,
  fileIndexes,
  partialAccountRequest,
  partialDownloadRequest,
  tableOrText,
  taskId as taskIdShape,
} from "../../model/requestShapes.ts";
import { columnShape, filterShape, sortShape } from "../../model/queryShapes.ts";
import { savedFormats } from "../../model/saveShapes.ts";
import { downloadGroupings } from "../downloads/list/arrangeDownloads.ts";
import type { UriLike } from "../ids.ts";
import { taskGroupings, taskOrders } from "../tasks/arrangeTasks.ts";

/** As many as a view shows at once. */
const mostFiles = 10_000;
const mostColumns = 100_000;

/**
 * The contract's argument shapes. Every field may be missing, because each command asks a person for what it lacks.
 */
const accountId = v.optional(accountIdShape);
const taskId = v.optional(taskIdShape);
const text = v.optional(v.string());
const uriLike = v.custom<UriLike>((value) => typeof value === "string" || value instanceof vscode.Uri);
const uri = v.optional(uriLike);
const as = v.optional(tableOrText);
const beside = v.optional(v.boolean());
const exportFields = {
  uri,
  uris: v.optional(boundedList(uriLike, mostFiles)),
  accountId,
  taskId,
  files: v.optional(fileIndexes),
};

export const nothing = v.pipe(
  v.unknown(),
  v.transform(() => undefined),
);
export const accountReference = fields({ accountId });
export const taskReference = fields({ accountId, taskId });
export const watchReference = fields({ accountId, taskId, kind: text });
export const fileReference = fields({ uri });

export const sortExportRequest = fields({ uri, sort: v.optional(sortShape) });
export const filterExportRequest = fields({ uri, filter: v.optional(v.nullable(filterShape)) });

export const profileExportRequest = fields({
  ...exportFields,
  columns: v.optional(boundedList(columnShape, mostColumns)),
});
export const saveViewRequest = fields({ uri, target: uri, format: v.optional(v.picklist(savedFormats)) });

export const openReference = fields({ uri, as, beside });
export const exportReference = fields(exportFields);
export const openExportReference = fields({ ...exportFields, as, beside });
export const queryRequest = fields({ ...exportFields, sql: text });
export const statementReference = fields({
  uri,
  offset: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
});
export const saveReference = fields({ ...exportFields, target: uri });
export const renameReference = fields({ accountId, label: text });
export const replaceReference = fields({ accountId, credentials: v.optional(credentialsSchema) });
export const filterRequest = fields({ text, status: text });
export const sortRequest = fields({ order: v.optional(v.picklist(taskOrders)) });
export const groupRequest = fields({ by: v.optional(v.picklist(taskGroupings)) });
export const createRequest = createDraft;
export const downloadFilterRequest = fields({ text });
export const downloadGroupRequest = fields({ by: v.optional(v.picklist(downloadGroupings)) });
export const clearRequest = fields({
  onlyMissing: v.optional(v.boolean()),
  olderThanDays: v.optional(v.pipe(v.number(), v.minValue(0))),
});
export const addAccountRequest = partialAccountRequest;
export const downloadRequest = partialDownloadRequest;
