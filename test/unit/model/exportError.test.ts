import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  cancelled,
  errorCodes,
  ExportError,
  isCancelled,
  isErrorCode,
  throwIfCancelled,
} from "../../../src/model/exportError.ts";

const knownCodes = [
  "taskNotFound",
  "notAnExportTask",
  "taskNotDone",
  "noResultFile",
  "unauthorized",
  "forbidden",
  "tooManyRequests",
  "invalidRequest",
  "serviceUnavailable",
  "unexpectedResponse",
  "offline",
  "timeout",
  "tls",
  "proxy",
  "linkExpired",
  "storageRefused",
  "fileMissing",
  "fileChanged",
  "truncated",
  "checksumMismatch",
  "notAnExportFile",
  "diskFull",
  "notWritable",
  "fileExists",
  "busyElsewhere",
  "cancelled",
  "noAccount",
  "noCredentials",
  "engineMissing",
  "engineFailed",
  "badQuery",
  "queryRefused",
  "queryTooLarge",
];

describe("an error of this extension", () => {
  it("has a name, a code and details, and a cause only if there is one", () => {
    const error = new ExportError("diskFull", "The disk is full.");
    assert.deepEqual([error.name, error.code, error.message], ["ExportError", "diskFull", "The disk is full."]);
    assert.deepEqual(error.details, {});
    assert.ok(!("cause" in error));
    const cause = new Error("ENOSPC");
    const other = new ExportError("diskFull", "The disk is full.", { cause, details: { missingBytes: 7 } });
    assert.equal(other.cause, cause);
    assert.deepEqual(other.details, { missingBytes: 7 });
  });

  it("has one of the known codes, which programs rely on", () => {
    assert.deepEqual([...errorCodes], knownCodes);
    for (const code of errorCodes) assert.ok(isErrorCode(code));
    for (const code of ["", "taskNot", "constructor"]) assert.ok(!isErrorCode(code));
  });
});

describe("a canceled operation", () => {
  it("is recognized in the whole chain of causes", () => {
    const outer = new ExportError("diskFull", "", { cause: new Error("", { cause: cancelled() }) });
    assert.equal(isCancelled(cancelled()), true);
    assert.equal(isCancelled(outer), true);
  });

  it("is not confused with other failures", () => {
    const chain = new ExportError("timeout", "", { cause: new Error("") });
    for (const error of [chain, new Error("cancelled"), { code: "cancelled" }, undefined]) {
      assert.equal(isCancelled(error), false);
    }
  });

  it("is thrown between two steps of work if the signal was aborted, with the reason of the signal", () => {
    throwIfCancelled(new AbortController().signal);
    const reason = new Error("the tab was closed");
    assert.throws(
      () => throwIfCancelled(AbortSignal.abort(reason)),
      (error) => error instanceof ExportError && error.code === "cancelled" && error.cause === reason,
    );
  });
});
