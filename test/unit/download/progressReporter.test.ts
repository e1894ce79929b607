import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Clock } from "../../../src/http/clock.ts";
import { ProgressReporter } from "../../../src/download/progressReporter.ts";
import type { DownloadProgress } from "../../../src/model/contract.ts";

interface Told {
  readonly reporter: ProgressReporter;
  readonly told: DownloadProgress[];
  readonly controller: AbortController;
  readonly pass: (milliseconds: number) => void;
}

function startReporting(): Told {
  let now = 1_000_000;
  const clock: Clock = { now: () => now, wait: () => Promise.resolve() };
  const told: DownloadProgress[] = [];
  const controller = new AbortController();
  const subject = { file: 2, files: 5, name: "export.csv" };
  const reporter = new ProgressReporter(subject, controller.signal, clock, (progress) => told.push(progress));
  return { reporter, told, controller, pass: (milliseconds) => (now += milliseconds) };
}

describe("the progress of a download", () => {
  test("is reported about ten times a second, however often bytes arrive", () => {
    const { reporter, told, pass } = startReporting();
    for (let step = 1; step <= 1000; step += 1) {
      reporter.received(step * 100, 100_000);
      pass(1);
    }
    assert.ok(told.length >= 9 && told.length <= 11, String(told.length));
  });

  test("has a speed that is right for a steady stream and doesn't jump after a single pause", () => {
    const { reporter, told, pass } = startReporting();
    for (let step = 1; step <= 50; step += 1) {
      reporter.received(step * 100_000, undefined);
      pass(100);
    }
    const steady = told.at(-1)?.bytesPerSecond ?? 0;
    assert.ok(Math.abs(steady - 1_000_000) < 10_000, String(steady));
    pass(200);
    reporter.received(5_100_000, undefined);
    const after = told.at(-1)?.bytesPerSecond ?? 0;
    assert.ok(after > 800_000, String(after));
  });

  test("reports a new phase at once, without the values of the phase before", () => {
    const { reporter, told } = startReporting();
    reporter.enter("downloading", { resumedFrom: 70, receivedBytes: 70, totalBytes: 100 });
    reporter.enter("waiting", { retryInMs: 500, reason: "It broke off." });
    reporter.enter("resolving");
    assert.deepEqual(told.slice(1), [
      {
        file: 2,
        files: 5,
        name: "export.csv",
        phase: "waiting",
        receivedBytes: 70,
        totalBytes: 100,
        resumedFrom: 70,
        retryInMs: 500,
        reason: "It broke off.",
      },
      {
        file: 2,
        files: 5,
        name: "export.csv",
        phase: "resolving",
        receivedBytes: 70,
        totalBytes: 100,
        resumedFrom: 70,
      },
    ]);
  });

  test("is reported again after 100 milliseconds, with the latest numbers", () => {
    const { reporter, told, pass } = startReporting();
    reporter.received(10, undefined);
    pass(99);
    reporter.received(20, 100);
    assert.equal(told.length, 1);
    pass(1);
    reporter.received(30, undefined);
    assert.deepEqual(told[1], {
      file: 2,
      files: 5,
      name: "export.csv",
      phase: "downloading",
      receivedBytes: 30,
      totalBytes: 100,
    });
  });

  test("has a speed that forgets what was seconds ago, and doesn't count bytes that come again", () => {
    const { reporter, told, pass } = startReporting();
    const speedAfter = (milliseconds: number, bytes: number): number | undefined => {
      pass(milliseconds);
      reporter.received(bytes, undefined);
      return told.at(-1)?.bytesPerSecond;
    };
    assert.equal(speedAfter(0, 0), undefined);
    assert.equal(speedAfter(100, 1000), undefined, "nothing to compare with");
    assert.equal(speedAfter(1000, 11_000), 10_000);
    assert.equal(speedAfter(2000, 11_000), Math.round(10_000 / Math.E));
    assert.equal(speedAfter(1000, 5000), Math.round(10_000 / Math.E), "the file is fetched again");
    assert.equal(speedAfter(1e6, 5000 + 2e6), 2000);
  });

  test("has the file's new name", () => {
    const { reporter, told } = startReporting();
    reporter.rename("other.csv");
    assert.equal(told.length, 0);
    reporter.enter("verifying");
    assert.equal(told[0]?.name, "other.csv");
  });

  test("is not reported after the download is canceled", () => {
    const { reporter, told, controller } = startReporting();
    reporter.enter("downloading");
    controller.abort();
    reporter.enter("verifying");
    reporter.received(10, 10);
    assert.equal(told.length, 1);
  });
});
