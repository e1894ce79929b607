import assert from "node:assert/strict";
import { rm, utimes, writeFile } from "node:fs/promises";
import { describe, it, type TestContext } from "node:test";
import type { TaskKey } from "../../../../src/model/taskKey.ts";
import { DiskStates } from "../../../../src/vscode/downloads/diskStates.ts";
import type { OwnFiles } from "../../../../src/vscode/downloads/ownFiles.ts";
import { Emitter } from "../../../../src/vscode/emitter.ts";
import { until } from "../../download/downloading.ts";
import { content, downloadedFile, task } from "./downloadedFile.ts";

const later = new Date(Date.now() + 60_000);

/** A downloaded file whose row is shown. */
async function shownFile(context: TestContext) {
  const { folder, path, record, ofTask, own } = await downloadedFile(context);
  const compared: string[] = [];
  const check: OwnFiles["check"] = (each, signal) => {
    compared.push(each.uri);
    return own.check(each, signal);
  };
  const downloaded = new Emitter<TaskKey>();
  const states = new DiskStates({
    history: { ofTask, onDidChange: downloaded.event },
    ownFiles: { check },
  });
  context.after(() => states.dispose());
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

  it("is no longer looked at when the view shows other rows, and again when it comes back into view", async (context) => {
    const { path, states, record, downloaded, becomes } = await shownFile(context);
    await writeFile(path, "");
    await becomes("changed");
    states.showOnly([]);
    // What a view doesn't show is forgotten when it is downloaded again, and not looked at.
    downloaded.fire(task);
    assert.equal(states.of(record), "same");
    states.showOnly([task]);
    await becomes("changed");
  });
});
