import { basename } from "node:path";
import { t } from "@vscode/l10n";
import type { RequestErrors } from "../channel/requester.ts";
import type { Refusal } from "../channel/requestMap.ts";
import { defined } from "../model/defined.ts";
import type { Answered } from "./engineMessages.ts";
import { cancelled, ExportError, isErrorCode } from "../model/exportError.ts";

/** @param reason one whole sentence */
export function engineMissing(reason: string, cause?: unknown): ExportError {
  return new ExportError(
    "engineMissing",
    t(
      "Sorting, filtering and SQL don't work in this installation. {0} Tables, find and downloads work as usual.",
      reason,
    ),
    { cause },
  );
}

export function engineFailed(cause?: unknown): ExportError {
  return new ExportError(
    "engineFailed",
    t("The query engine stopped unexpectedly. Try again: it starts again by itself."),
    {
      cause,
    },
  );
}

export function queryTooLarge(cause?: unknown): ExportError {
  return new ExportError(
    "queryTooLarge",
    t("This needs more memory than queries may use. Increase the setting {0}.", "taskExports.query.memoryLimitMiB"),
    { cause },
  );
}

/** The engine's temporary files, or the columns that it keeps, don't fit on the disk. */
export function noRoomForQuery(cause?: unknown): ExportError {
  return new ExportError(
    "diskFull",
    t("The disk is full. Sorting, filtering and SQL need space for temporary files. Free up some space and try again."),
    { cause },
  );
}

/** A Parquet file that the engine can't read. */
export function damagedParquet(file: string, cause?: unknown): ExportError {
  const message = t("{0} is incomplete or damaged, so its rows can't be read.", basename(file));
  return new ExportError("truncated", message, { details: { path: file }, cause });
}

/** Without an engine, there are no rows of a Parquet file. */
export function parquetNeedsEngine(cause: unknown): ExportError {
  const message = t(
    "Parquet files are read by the query engine, which this installation doesn't have. Install the package of Task Exports for this computer's system.",
  );
  return new ExportError("engineMissing", message, { cause });
}

/** An error of the engine's process as a refusal that can be copied to the host. */
export function queryRefusal(error: unknown): Refusal {
  if (error instanceof ExportError) return { code: error.code, message: error.message };
  return { code: "engineFailed", message: engineFailed().message };
}

/** A statement's result, or what is wrong with the statement. */
export async function answered<Result>(run: () => Promise<Result>): Promise<Answered<Result>> {
  try {
    return { kind: "result", result: await run() };
  } catch (error) {
    if (!(error instanceof ExportError) || error.code === "cancelled") throw error;
    const { code, message, details } = error;
    return {
      kind: "refused",
      code,
      message,
      details: defined({ position: details.position, candidates: details.candidates }),
    };
  }
}

/** The errors that requests to the engine's process are rejected with. */
export const queryErrors: RequestErrors = {
  refused: ({ code, message }) => new ExportError(isErrorCode(code) ? code : "engineFailed", message),
  cancelled: () => cancelled(),
  ended: (cause) => engineFailed(cause),
  unreadable: () => engineFailed(),
};
