import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { rowNumber, rowPosition } from "../../../../src/table/view/rowIdentity.ts";
import { createHostLink, Refusal } from "../../../../src/webview/table/hostLink.ts";
import { OpenPort } from "../../channel/conversation.ts";

const cell = { row: rowNumber(1), column: 0 };

describe("The page's link to the host", () => {
  it("rejects a refused request with the host's code and message", async () => {
    const port = new OpenPort();
    const asked = createHostLink(port).ask("endFind", {});
    port.receive({ type: "refusal", id: 1, code: "fileChanged", message: "The file has changed." });
    await assert.rejects(asked, (error) => {
      assert.ok(error instanceof Refusal);
      assert.deepEqual([error.code, error.message], ["fileChanged", "The file has changed."]);
      return true;
    });
  });

  it("rejects a canceled request with its own code", async () => {
    const link = createHostLink(new OpenPort());
    await assert.rejects(link.ask("cell", cell, AbortSignal.abort()), { code: "cancelled" });
  });

  it("refuses an answer of the wrong form", async () => {
    const port = new OpenPort();
    const link = createHostLink(port);
    const bad = link.ask("rows", { from: rowPosition(0), count: 1 });
    const good = link.ask("cell", cell);
    port.receive({ type: "answer", id: 1, answer: { rows: "none" } });
    port.receive({ type: "answer", id: 2, answer: { text: "value" } });
    await assert.rejects(bad, { code: "unexpectedAnswer" });
    assert.deepEqual(await good, { text: "value" });
  });

  it("ignores events that are unknown or have the wrong form", () => {
    const port = new OpenPort();
    const link = createHostLink(port);
    const heard: unknown[] = [];
    link.on("command", (command) => heard.push(command));
    link.on("notice", (notice) => heard.push(notice));
    port.receive({ type: "event", name: "toString", event: {} });
    port.receive({ type: "event", name: "command", event: { no: "command" } });
    port.receive({ type: "event", name: "command", event: { command: "find" } });
    port.receive({ type: "event", name: "notice", event: null });
    assert.deepEqual(heard, [{ command: "find" }, null]);
  });
});
