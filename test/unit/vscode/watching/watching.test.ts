import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import type { ExportTask } from "../../../../src/model/contract.ts";
import { createRedactor } from "../../../../src/model/redact.ts";
import { Watching } from "../../../../src/vscode/watching/watching.ts";
import { WatchList } from "../../../../src/vscode/watching/watchList.ts";
import { temporaryFolder } from "./watchingWindow.ts";

const secret = "s3cr3t-token-value-0123456789";
const { signal } = new AbortController();

async function watchingOf(context: TestContext, description: string) {
  const folder = await temporaryFolder(context);
  const list = new WatchList({ folder, log: { warn: () => undefined } });
  context.after(() => list.dispose());
  const redactor = createRedactor();
  redactor.remember(secret);
  const task: ExportTask = { id: "1", accountId: "a", description, state: "running", serviceState: "" };
  const watching = new Watching({
    list,
    requireAccount: () => undefined,
    getTask: () => Promise.resolve(task),
    loaded: () => undefined,
    folderOf: () => "/exports",
    redact: (text) => redactor.redact(text),
  });
  return { watching, text: () => readFile(join(folder, "watched.json"), "utf8") };
}

describe("What is stored of a watched task", () => {
  it("has no secret and no URL of its description, which can contain anything", async (context) => {
    const { watching, text } = await watchingOf(context, `Users ${secret} https://store.example.com/a?sig=abcdef`);
    await watching.watchTask({ accountId: "a", taskId: "1" }, {}, signal);
    await watching.watchKind({ accountId: "a", subject: "users" }, `Users ${secret}`, {});
    assert.match(await text(), /"label": "Users \*\*\*/);
    assert.doesNotMatch(await text(), /s3cr3t|sig=abcdef/);
  });
});
