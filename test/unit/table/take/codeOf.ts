import assert from "node:assert/strict";
import { ExportError } from "../../../../src/model/exportError.ts";

/** The code of the error that work rejects with; fails when it does not reject. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => assert.fail("the work should have been rejected"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ExportError, String(error));
  return error.code;
}
