import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { DownloadedFile } from "../../../../src/model/contract.ts";
import { cancelled, ExportError } from "../../../../src/model/exportError.ts";
import { createRedactor } from "../../../../src/model/redact.ts";
import { failureOf } from "../../download/downloading.ts";
import { exportBytes } from "../../download/faultyStore.ts";
import { overwrite, startRegistry } from "./registry.ts";
import { DownloadLog } from "../../../../src/vscode/downloads/downloadLog.ts";

const accountId = "0b7e2a54-1111-4222-8333-944455556666";
const task = { accountId, taskId: "00000000-0000-4000-8000-000000000003" };
const whose = `of task ${task.taskId}, account ${accountId}`;

/** A log with the lines as the channel gets them, and a clock that the test moves. */
function keptLog() {
  const lines: string[] = [];
  const redactor = createRedactor();
  const keep = (level: string) => (message: string, error?: unknown) => {
    assert.equal(error, undefined, "an error's text may hold names");
    lines.push(`${level} ${redactor.redact(message)}`);
  };
  const clock = { now: 1000 };
  const log = new DownloadLog({ info: keep("info"), warn: keep("warn") }, () => clock.now);
  return { log, lines, clock };
}

function file(index: number, more: Partial<DownloadedFile> = {}): DownloadedFile {
  const uri = `file:///exports/Customers%20of%20Amsterdam-${index}.csv`;
  const name = `Customers of Amsterdam-${index}.csv`;
  return { index, uri, name, bytes: 1000, sha256: "ab", verified: "checksum", requests: 1, resumed: 0, ...more };
}

describe("What the log says of a download", () => {
  it("is that it started, and how it ended", () => {
    const { log, lines, clock } = keptLog();
    const download = log.started(task, undefined);
    clock.now += 2500.4;
    download.ended({
      ...task,
      files: [
        file(0, { requests: 3, resumed: 2 }),
        file(1, { verified: "length", bytes: 24 }),
        file(2, { verified: "checksum", requests: 0, skipped: true }),
      ],
    });
    assert.deepEqual(lines, [
      `info Download 1 ${whose}, started for all files`,
      `info Download 1 ${whose}, ended: 3 files, 2024 bytes, 2500 ms, verified by checksum 2, length 1, requests 4, resumed 2, skipped 1`,
    ]);
  });

  it("distinguishes two downloads of a task, and includes how many files were requested", () => {
    const { log, lines } = keptLog();
    log.started(task, undefined);
    log.started(task, [0, 2]);
    assert.match(lines[1] ?? "", /^info Download 2 .* started for 2 files$/);
  });

  it("is a warning with the code when it fails, and never the sentence", () => {
    const { log, lines, clock } = keptLog();
    const download = log.started(task, undefined);
    clock.now += 10;
    const details = { status: 403, path: "/exports/Customers.csv" };
    download.failed(new ExportError("storageRefused", "https://files.example/Customers.csv said no.", { details }));
    assert.equal(lines[1], `warn Download 1 ${whose}, failed after 10 ms: storageRefused, status 403`);
  });

  it("includes the code of another extension's error if it is a known one, and none of its text", () => {
    const { log, lines } = keptLog();
    log.started(task, undefined).failed(Object.assign(new Error("Customers.csv"), { code: "EACCES" }));
    log.started(task, undefined).failed(Object.assign(new Error("Customers.csv"), { code: "Customers of A.csv" }));
    log.started(task, undefined).failed("Customers.csv");
    const failures = lines.filter((line) => line.startsWith("warn"));
    assert.deepEqual(
      failures.map((line) => line.split(": ")[1]),
      ["EACCES", "unexpected", "unexpected"],
    );
  });

  it("is no warning when a person stopped it", () => {
    const { log, lines, clock } = keptLog();
    const download = log.started(task, undefined);
    clock.now += 20;
    download.failed(cancelled());
    assert.equal(lines[1], `info Download 1 ${whose}, stopped after 20 ms`);
  });

  it("stays on one line whatever a caller gave for an id", () => {
    const { log, lines } = keptLog();
    log.started({ accountId, taskId: "7\nwarn All is lost" }, undefined);
    assert.equal(lines.join("").includes("\n"), false);
  });

  it("follows a download from its start over a pause to its end", async (context) => {
    const { log, lines } = keptLog();
    const { downloads } = await startRegistry(context, exportBytes(100_000), undefined, ["a.csv"]);
    log.follow(downloads);
    const download = downloads.create({ ...task, files: [0] });
    const stopped = failureOf(download.start(overwrite));
    await download.pause();
    await stopped;
    await download.start(overwrite);
    assert.deepEqual(
      lines.map((line) => line.replace(/^.*, account [^,]+, /, "").replace(/(?:ended|after).*/, "")),
      ["started for 1 files", "stopped ", "started for 1 files", ""],
    );
  });
});
