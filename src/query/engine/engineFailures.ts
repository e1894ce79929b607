import { ExportError } from "../../model/exportError.ts";
import { engineFailed, noRoomForQuery, queryTooLarge } from "../queryErrors.ts";

/** What the engine says about a statement of ours that failed. Statements and their values are never part of it. */
export function readableFailure(error: unknown): ExportError {
  if (error instanceof ExportError) return error;
  const text = error instanceof Error ? error.message : String(error);
  if (/^Out of Memory Error/i.test(text)) return queryTooLarge(error);
  if (/No space left on device|not enough space on the disk|max_temp_directory_size/i.test(text))
    return noRoomForQuery(error);
  return engineFailed(error);
}
