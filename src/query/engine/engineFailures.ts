import { ExportError } from "../../model/exportError.ts";
import { expressionTooLarge } from "../statements/queryErrors.ts";
import { engineFailed, noRoomForQuery, queryTooLarge } from "../queryErrors.ts";

/** What the engine says about a statement of ours that failed. Statements and their values are never part of it. */
export function readableFailure(error: unknown): ExportError {
  if (error instanceof ExportError) return error;
  const text = error instanceof Error ? error.message : String(error);
  // If the disk is full, the engine can't make room in memory, which it calls an error of the memory.
  if (/No space left on device|not enough space on the disk|max_temp_directory_size|Disk quota exceeded/i.test(text))
    return noRoomForQuery(error);
  if (/pattern too large|invalid repetition size/i.test(text)) return expressionTooLarge(error);
  if (/^Out of Memory Error/i.test(text)) return queryTooLarge(error);
  return engineFailed(error);
}

/** Whether the engine refuses all statements after this one. */
export function isBeyondRepair(error: unknown): boolean {
  return error instanceof Error && /^(?:FATAL|INTERNAL) Error/.test(error.message);
}

/** Whether a file of kept columns is damaged or missing: the message of the engine, as text or as JSON. */
export function saysUnreadable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const isRead = /^IO Error|"exception_type":\s*"IO"/.test(error.message);
  if (isRead && /Corrupt database|Could not read|Cannot open|not a valid DuckDB/i.test(error.message)) return true;
  return saysUnreadable(error.cause);
}
