import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { commandLink } from "../../../src/vscode/commandLink.ts";

describe("A link that runs a command", () => {
  it("names the command and holds its argument as VS Code reads it", () => {
    const argument = { accountId: "a1", taskId: "12345" };
    const link = new URL(commandLink("taskExports.pauseDownload", argument));
    assert.equal(link.protocol + link.pathname, "command:taskExports.pauseDownload");
    assert.deepEqual(JSON.parse(decodeURIComponent(link.search.slice(1))), [argument]);
  });

  it("contains nothing that ends a link in a notification's text, whatever the ID", () => {
    const taskId = 'a) [b](command:other) "c" d';
    const link = commandLink("taskExports.pauseDownload", { taskId });
    assert.doesNotMatch(link, /[()\s"]/);
    assert.deepEqual(JSON.parse(decodeURIComponent(link.replace(/^.*\?/, ""))), [{ taskId }]);
  });
});
