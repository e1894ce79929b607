import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { describe, it } from "node:test";
import type { DownloadResult } from "../../../../src/model/contract.ts";
import { DownloadEvents } from "../../../../src/vscode/downloads/downloadEvents.ts";
import { DownloadHistory } from "../../../../src/vscode/downloads/downloadHistory.ts";
import { downloadsForPrograms } from "../../../../src/vscode/downloads/downloadsForPrograms.ts";
import { exportBytes } from "../../download/faultyStore.ts";
import { PlainMemento } from "../plainMemento.ts";
import { downloadedFile, task } from "./downloadedFile.ts";
import { overwrite, startRegistry } from "./registry.ts";

describe("What other extensions learn of downloads", { timeout: 60_000 }, () => {
  it("is the result of each, as a copy of their own, whatever another listener does", async (context) => {
    const { downloads } = await startRegistry(context, exportBytes(1000), undefined, ["a.csv"]);
    const errors: string[] = [];
    const events = new DownloadEvents(downloads, { error: (line) => errors.push(line) });
    const told: DownloadResult[] = [];
    const self = { name: "listener" };
    const listeners: unknown[] = [];
    const disposables: { dispose(): unknown }[] = [];
    events.listen(
      (result) => {
        result.files.length = 0;
        throw new Error("a mistake of another extension");
      },
      undefined,
      undefined,
    );
    events.listen(
      function (this: unknown, result) {
        listeners.push(this);
        told.push(result);
      },
      self,
      disposables,
    );
    const result = await downloads.create(task).start(overwrite);
    assert.deepEqual(told, [result]);
    assert.notEqual(told[0], result);
    assert.deepEqual(listeners, [self]);
    assert.equal(errors.length, 1);
    disposables[0]?.dispose();
    await downloads.create(task).start(overwrite);
    assert.equal(told.length, 1);
  });

  it("is everything that was downloaded, newest first, with what is missing, as copies", async (context) => {
    const { record, path } = await downloadedFile(context);
    const history = new DownloadHistory(new PlainMemento());
    const file = { ...record, requests: 3, resumed: 1 };
    history.add(task, { ...file, skipped: true });
    const { index, uri, name, bytes, sha256, verified } = record;
    const [listed] = await downloadsForPrograms(history);
    const described = { index, uri, name, bytes, sha256, verified, requests: 3, resumed: 1, skipped: true };
    assert.deepEqual(listed, { ...task, file: described, downloadedAt: history.all()[0]?.at, missing: false });
    await rm(path);
    const [gone] = await downloadsForPrograms(history);
    assert.equal(gone?.missing, true);
    gone.file.name = "changed by another extension";
    assert.equal(history.all()[0]?.name, "a.csv");
  });

  it("includes what earlier versions recorded, which took at least one request", async (context) => {
    const { record, ofTask } = await downloadedFile(context);
    const [listed] = await downloadsForPrograms({ allInSlices: () => Promise.resolve(ofTask()) });
    assert.deepEqual([listed?.file.requests, listed?.file.resumed, listed?.file.skipped], [1, 0, undefined]);
    assert.equal(listed?.downloadedAt, record.at);
  });
});
