import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { describe, it, type TestContext } from "node:test";
import { setImmediate } from "node:timers/promises";
import type { DownloadedExport } from "../../../../../src/vscode/downloads/downloadHistory.ts";
import { Retention } from "../../../../../src/vscode/downloads/removal/retention.ts";
import type { RemovalOutcome } from "../../../../../src/vscode/downloads/removal/removeDownloads.ts";
import { content, downloadedFile } from "../downloadedFile.ts";

const dayMs = 86_400_000;

/** A file that was downloaded now, a setting of 30 days, and a clock that the test sets. */
async function kept(context: TestContext, days = 30) {
  const { path, record, own, folder } = await downloadedFile(context);
  context.mock.timers.enable({ apis: ["setTimeout", "Date"], now: Date.parse(record.at) });
  let records: DownloadedExport[] = [record];
  const told: [RemovalOutcome, number][] = [];
  const logged: string[] = [];
  const settings = { days, isInUse: false, read: 0 };
  const retention = new Retention({
    history: {
      allInSlices: () => {
        settings.read += 1;
        return Promise.resolve(records);
      },
      remove: (removed) => (records = records.filter((each) => each !== removed)),
    },
    ownFiles: own,
    ownFolders: { removeEmptyAround: () => Promise.resolve() },
    columnFiles: { forget: () => Promise.resolve() },
    keepDays: () => settings.days,
    isInUse: () => settings.isInUse,
    onDeleted: (outcome, after) => told.push([outcome, after]),
    log: { info: (line) => logged.push(line), warn: (line) => logged.push(line) },
  });
  context.after(() => retention.dispose());
  const pass = (passed: number): void => context.mock.timers.tick(passed * dayMs);
  return { path, record, folder, retention, settings, told, logged, pass, records: () => records };
}

describe("The setting that deletes old exports", { timeout: 60_000 }, () => {
  it("deletes a file when it is old enough and not before, says so once it did, and logs no name", async (context) => {
    const { path, record, retention, told, logged, pass, records } = await kept(context);
    await retention.run();
    assert.ok(existsSync(path));
    pass(30);
    await retention.run();
    assert.deepEqual([existsSync(path), records()], [false, []]);
    assert.deepEqual(told, [[{ deleted: 1, bytes: record.bytes, gone: 0, kept: [] }, 30]]);
    assert.equal(logged.length, 1);
    assert.doesNotMatch(logged.join(), /a\.csv/);
  });

  it("looks again each day while the window is open, without a timer that keeps the process", async (context) => {
    const { path, retention, pass, settings } = await kept(context, 1);
    await retention.run();
    assert.equal(settings.read, 1);
    pass(1);
    while (existsSync(path)) await setImmediate();
    assert.equal(settings.read, 2);
  });

  it("does nothing and has no timer at 0, until it is set", async (context) => {
    const { path, retention, settings, pass } = await kept(context, 0);
    await retention.run();
    pass(400);
    assert.deepEqual([settings.read, existsSync(path)], [0, true]);
    settings.days = 30;
    await retention.run();
    assert.equal(existsSync(path), false);
  });

  it("keeps files that were changed or are in use, and deletes those later", async (context) => {
    const { path, retention, settings, told, pass, records } = await kept(context);
    settings.isInUse = true;
    pass(31);
    await retention.run();
    settings.isInUse = false;
    await writeFile(path, content.replace("Ada", "Eva"));
    await retention.run();
    assert.deepEqual([existsSync(path), records().length, told], [true, 1, []]);
    await writeFile(path, content);
    await retention.run();
    assert.equal(existsSync(path), false);
  });

  it("forgets a missing file, but not one whose folder isn't there: its disk may come back", async (context) => {
    const { path, folder, retention, pass, records, told } = await kept(context);
    pass(31);
    await rm(folder, { recursive: true });
    await retention.run();
    assert.equal(records().length, 1);
    await mkdir(folder);
    await retention.run();
    assert.deepEqual([records(), told, existsSync(path)], [[], [], false]);
  });

  it("keeps a file that was downloaded while the clock was wrong, such as before it was set after a start", async (context) => {
    const { path, record, retention } = await kept(context);
    record.at = "2021-01-01T00:00:10.000Z";
    await retention.run();
    assert.ok(existsSync(path));
  });

  it("stops with the extension", async (context) => {
    const { path, retention, settings, pass } = await kept(context);
    await retention.run();
    retention.dispose();
    pass(60);
    await retention.run();
    assert.deepEqual([settings.read, existsSync(path)], [1, true]);
  });
});
