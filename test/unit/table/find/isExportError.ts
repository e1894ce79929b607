import { type ErrorCode, ExportError } from "../../../../src/model/exportError.ts";

/** For `assert.throws`. */
export function isExportError(code: ErrorCode, message?: string): (error: unknown) => boolean {
  return (error) =>
    error instanceof ExportError && error.code === code && (message === undefined || error.message === message);
}
