import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ExportError, type FieldProblem } from "../../../src/model/exportError.ts";
import {
  failedTask,
  forbidden,
  noResultFile,
  notACursor,
  notAnExportTask,
  notATaskId,
  onceOnly,
  privateLink,
  redirected,
  requestRefused,
  serviceUnavailable,
  taskNotDone,
  taskNotFound,
  tooManyFiles,
  tooManyRequests,
  tooManyTasks,
  unauthorized,
  unexpectedAnswer,
  unusableLink,
  wrongBaseUrl,
  wrongCredentialKind,
} from "../../../src/services/serviceErrors.ts";

const details = { status: 400 };

describe("a failure of a service", () => {
  it("has a code and what is known about it", () => {
    const failures = [
      unauthorized("Service", details),
      forbidden("Service", details),
      taskNotDone("12", details),
      noResultFile("12", details),
      failedTask("12", details),
      unexpectedAnswer("Service", details),
      wrongBaseUrl("Service", details),
    ];
    assert.deepEqual(
      failures.map(({ code }) => code),
      [
        ...["unauthorized", "forbidden", "taskNotDone", "noResultFile", "noResultFile"],
        ...["unexpectedResponse", "unexpectedResponse"],
      ],
    );
    for (const failure of failures) assert.equal(failure.details, details);
    for (const failure of [
      notATaskId("Service"),
      notACursor(),
      wrongCredentialKind("Service"),
      unauthorized("Service"),
    ]) {
      assert.deepEqual(failure.details, {});
    }
  });

  it("is one of the contract's codes, in a sentence that names the service or the task", () => {
    for (const [failure, code, words] of [
      [taskNotFound("Service", "12", details), "taskNotFound", /^Task 12 was not found in Service/],
      [notAnExportTask("12", details), "notAnExportTask", /^Task 12 is not an export task/],
      [redirected("Service", details), "unexpectedResponse", /^Service redirected/],
      [unusableLink("Service", details), "unexpectedResponse", /^Service returned a download URL that can't be used/],
      [privateLink("Service", details), "unexpectedResponse", /^Service returned a download URL in a private network/],
      [tooManyTasks("Service", 7, 5, details), "unexpectedResponse", /^Service returned 7 tasks.*At most 5/],
      [tooManyFiles("Service", 7, 5, details), "unexpectedResponse", /^Service returned 7 files.*At most 5/],
      [tooManyRequests("Service", details), "tooManyRequests", /Service/],
      [serviceUnavailable("Service", details), "serviceUnavailable", /^Service .*status 400/],
      [requestRefused("Service", "No", details), "invalidRequest", /^Service/],
    ] as const) {
      assert.equal(failure.code, code);
      assert.match(failure.message, words);
      assert.equal(failure.details, details);
    }
    for (const failure of [notATaskId("Service"), notACursor(), wrongCredentialKind("Service")]) {
      assert.equal(failure.code, "invalidRequest");
    }
  });

  it("distinguishes a failed task from a task without a file", () => {
    assert.match(failedTask("12").message, /^Task 12 failed/);
    assert.match(noResultFile("12").message, /^Task 12 finished without/);
  });

  const spans: [milliseconds: number, words: string][] = [
    [0, "1 s"],
    [1, "1 s"],
    [1001, "2 s"],
    [119_000, "119 s"],
    [119_001, "2 min"],
    [120_001, "3 min"],
    [119 * 60_000, "119 min"],
    [119 * 60_000 + 1, "2 h"],
    [121 * 60_000, "3 h"],
  ];
  for (const [retryAfterMs, words] of spans) {
    it(`says to try again in ${words} if that is ${retryAfterMs} ms`, () => {
      assert.ok(tooManyRequests("Service", { retryAfterMs }).message.endsWith(` in ${words}.`));
      const { message } = serviceUnavailable("Service", { status: 503, retryAfterMs });
      assert.match(message, /\(status 503\)/);
      assert.ok(message.endsWith(` in ${words}.`));
    });
  }

  it("says to try again in a few minutes if the time is unknown", () => {
    assert.match(tooManyRequests("Service").message, /in a few minutes\.$/);
    assert.match(serviceUnavailable("Service").message, /\(status 0\)\. Try again in a few minutes\.$/);
  });

  const problems: [problem: FieldProblem, words: string][] = [
    [{ field: "from", reason: "range", message: "Too early." }, "from (range): Too early."],
    [{ field: "from", reason: "range" }, "from (range)."],
    [{ field: "from", message: "Too early." }, "from: Too early."],
    [{ reason: "range" }, "(range)."],
    [{ message: "Too early." }, "Too early."],
    [{ message: "Too early..." }, "Too early."],
    [{ message: "Too early, " }, "Too early."],
    [{ message: "Really?" }, "Really?"],
  ];
  for (const [problem, words] of problems) {
    it(`repeats the problem that the service names: ${words}`, () => {
      const { message } = requestRefused("Service", "other words", { errors: [problem] });
      assert.equal(message, `Service rejected the request: ${words}`);
    });
  }

  it("repeats all problems or the service's own words, or otherwise says the status", () => {
    const errors = [{ field: "a" }, { field: "b" }];
    assert.equal(requestRefused("Service", undefined, { errors }).message, "Service rejected the request: a; b.");
    const sentences = [{ message: "Too early." }, { message: "Too late." }];
    assert.equal(
      requestRefused("Service", undefined, { errors: sentences }).message,
      "Service rejected the request: Too early; Too late.",
    );
    for (const words of ["No", "No.", "No..", " No. "]) {
      assert.equal(requestRefused("Service", words.trim(), {}).message, "Service rejected the request: No.");
    }
    assert.equal(requestRefused("Service", "No.", {}).message, "Service rejected the request: No.");
    for (const words of [undefined, "", "..."]) {
      assert.match(requestRefused("Service", words, details).message, /^Service rejected the request \(status 400\)\./);
      assert.match(requestRefused("Service", words, {}).message, /\(status 0\)/);
    }
  });

  it("of a request that is sent once says if the service may have received it", () => {
    const messageOf = (error: unknown): string => String(onceOnly(error, "Service"));
    for (const certain of [
      unauthorized("Service", { status: 401 }),
      requestRefused("Service", "no", details),
      tooManyRequests("Service"),
      unexpectedAnswer("Service", { status: 302 }),
      new ExportError("offline", "No connection."),
      new Error("a bug"),
    ]) {
      assert.equal(onceOnly(certain, "Service"), certain);
    }
    for (const open of [
      serviceUnavailable("Service", { status: 503 }),
      unexpectedAnswer("Service", { status: 200 }),
      new ExportError("offline", "The connection was lost.", { details: { maybeReceived: true } }),
    ]) {
      assert.match(
        messageOf(open),
        /Service may have received the request\. Refresh the tasks before you try again\.$/,
      );
    }
  });
});
