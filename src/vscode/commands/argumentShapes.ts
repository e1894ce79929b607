import * as v from "valibot";
import * as vscode from "vscode";
import { credentialsSchema } from "../../model/credentials.ts";
import type { UriLike } from "../ids.ts";
import { taskGroupings, taskOrders } from "../tasks/arrangeTasks.ts";

/**
 * The contract's argument shapes. Every field may be missing, as each command asks a person for what it lacks;
 * fields that it does not know pass by.
 */
const accountId = v.exactOptional(v.string());
const taskId = v.exactOptional(v.union([v.string(), v.pipe(v.number(), v.safeInteger())]));
const uriLike = v.custom<UriLike>((value) => typeof value === "string" || value instanceof vscode.Uri);
const uri = v.optional(uriLike);
const as = v.exactOptional(v.picklist(["table", "text"]));
const beside = v.exactOptional(v.boolean());

export const nothing = v.pipe(
  v.unknown(),
  v.transform(() => undefined),
);
export const accountReference = v.object({ accountId });
export const taskReference = v.object({ accountId, taskId });
export const fileReference = v.object({ uri });
const files = v.exactOptional(v.array(v.pipe(v.number(), v.integer(), v.minValue(0))));

export const openReference = v.object({ uri, as, beside });
export const openExportReference = v.object({ uri, accountId, taskId, files, as, beside });
export const saveReference = v.object({ uri, target: v.exactOptional(uriLike) });
export const renameReference = v.object({ accountId, label: v.exactOptional(v.string()) });
export const replaceReference = v.object({ accountId, credentials: v.exactOptional(credentialsSchema) });
export const filterRequest = v.object({ text: v.exactOptional(v.string()), status: v.exactOptional(v.string()) });
export const sortRequest = v.object({ order: v.exactOptional(v.picklist(taskOrders)) });
export const groupRequest = v.object({ by: v.exactOptional(v.picklist(taskGroupings)) });

export const addAccountRequest = v.object({
  service: v.exactOptional(v.string()),
  label: v.exactOptional(v.string()),
  endpoint: v.exactOptional(v.string()),
  loginEndpoint: v.exactOptional(v.string()),
  credentials: v.exactOptional(credentialsSchema),
  verify: v.exactOptional(v.boolean()),
});

export const downloadRequest = v.object({
  accountId,
  taskId,
  files,
  folder: v.exactOptional(v.string()),
  fileExists: v.exactOptional(v.picklist(["ask", "overwrite", "keepBoth", "skip"])),
  open: v.exactOptional(v.picklist(["table", "text", "none"])),
  beside,
});
