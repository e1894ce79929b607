import assert from "node:assert/strict";
import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { pathToFileURL } from "node:url";
import { createDigester } from "../../../../src/download/digest/digester.ts";
import type { TaskKey } from "../../../../src/model/taskKey.ts";
import { DiskStates } from "../../../../src/vscode/downloads/diskStates.ts";
import type { DownloadedExport } from "../../../../src/vscode/downloads/downloadHistory.ts";
import { OwnFiles } from "../../../../src/vscode/downloads/ownFiles.ts";
import { Emitter } from "../../../../src/vscode/emitter.ts";
import { sha256 } from "../../download/faultyStore.ts";
import { until } from "../../download/downloading.ts";

const content = "id,name\n1,Ada\n";
const later = new Date(Date.now() + 60_000);
const task = { accountId: "account-1", taskId: "12345" };

/** A downloaded file on the disk, and what is known of it. */
async function shownFile(context: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), "task-exports-states-"));
  const digester = createDigester(new URL("../../../../src/download/digest/digestWorker.ts", import.meta.url));
  const path = join(folder, "a.csv");
  await writeFile(path, content);
  const record: DownloadedExport = {
    ...task,
    uri: pathToFileURL(path).href,
    index: 0,
    name: "a.csv",
    bytes: Buffer.byteLength(content),
    sha256: sha256(Buffer.from(content)),
    verified: "length",
    skipped: false,
    at: new Date().toISOString(),
  };
  const ofTask = (): DownloadedExport[] => [record];
  const ownFiles = new OwnFiles({ ofTask }, digester);
  const compared: string[] = [];
  const check: OwnFiles["check"] = (each, signal) => {
    compared.push(each.uri);
    return ownFiles.check(each, signal);
  };
  const downloaded = new Emitter<TaskKey>();
  const states = new DiskStates({
    history: { ofTask, onDidChange: downloaded.event },
    ownFiles: { check },
  });
  context.after(async () => {
    states.dispose();
    await digester.dispose();
    await rm(folder, { recursive: true, force: true });
  });
  const told: TaskKey[] = [];
  states.onDidChange((each) => told.push(each));
  states.show(task);
  const becomes = (state: string): Promise<void> => until(() => states.of(record) === state);
  return { folder, path, record, states, downloaded, told, compared, becomes };
}

describe("A downloaded file whose row is shown", { timeout: 60_000 }, () => {
  it("is reported as changed while another program writes to it, and as the same when its content is back", async (context) => {
    const { path, told, becomes } = await shownFile(context);
    await writeFile(path, `${content}2,Grace\n`);
    await becomes("changed");
    assert.deepEqual(told, [task]);
    await writeFile(path, content);
    await becomes("same");
    assert.equal(told.length, 2);
  });

  it("is reported as changed if another content has the same size", async (context) => {
    const { path, becomes } = await shownFile(context);
    await writeFile(path, content.replace("Ada", "Eve"));
    // A disk's clock may be behind by some milliseconds, and nobody is that fast.
    await utimes(path, later, later);
    await becomes("changed");
  });

  it("is reported as missing, and as the same when it is back", async (context) => {
    const { path, becomes } = await shownFile(context);
    await rm(path);
    await becomes("missing");
    await writeFile(path, content);
    await becomes("same");
  });

  it("is not read again if only its date changed, and only once for each date", async (context) => {
    const { path, states, record, compared, becomes } = await shownFile(context);
    await utimes(path, later, later);
    await until(() => compared.length === 1);
    states.lookAgain();
    assert.equal(states.of(record), "same");
    await writeFile(path, "");
    await becomes("changed");
    assert.equal(compared.length, 1);
  });

  it("is not watched anymore when its row is hidden, and looked at when it is shown again", async (context) => {
    const { path, states, record, told, becomes } = await shownFile(context);
    states.hide(task);
    await writeFile(path, "");
    states.lookAgain();
    assert.deepEqual([states.of(record), told], ["same", []]);
    states.show(task);
    await becomes("changed");
  });

  it("is not missing anymore if it is downloaded again while its row is hidden", async (context) => {
    const { path, states, record, downloaded, becomes } = await shownFile(context);
    await rm(path);
    await becomes("missing");
    states.hide(task);
    assert.equal(states.of(record), "missing");
    await writeFile(path, content);
    downloaded.fire(task);
    assert.equal(states.of(record), "same");
  });
});
